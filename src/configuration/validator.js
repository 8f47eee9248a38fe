// Generated from schema/config.json by scripts/update-config-validator.mjs.

export const validate = validate10;

const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","additionalProperties":false,"properties":{"$schema":{"type":"string"},"kubernetesVersion":{"$ref":"#/definitions/kubernetesVersion"},"appliedBy":{"$ref":"#/definitions/appliedBy"},"profile":{"enum":["acceptance","baseline","restricted","recommended","all"]},"baseline":{"type":"string","pattern":"\\S"},"environments":{"type":"object","additionalProperties":{"type":"object","additionalProperties":false,"required":["root"],"properties":{"root":{"type":"string"},"requiredWorkloads":{"$ref":"#/definitions/names"},"kubernetesVersion":{"$ref":"#/definitions/kubernetesVersion"},"appliedBy":{"$ref":"#/definitions/appliedBy"},"production":{"type":"boolean"}}}},"ignore":{"type":"array","items":{"type":"string","pattern":"^[^#\\s]"}},"repositories":{"type":"array","items":{"type":"string"}},"flux":{"type":"object","additionalProperties":false,"properties":{"version":{"type":"string","pattern":"^2\\.[0-9]{1,3}(\\.[0-9]{1,3})?$"},"strictSubstitution":{"type":"boolean"}}},"requiredWorkloads":{"$ref":"#/definitions/names"},"provided":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["kind","name"],"properties":{"apiVersion":{"type":"string"},"kind":{"type":"string"},"name":{"type":"string"},"namespace":{"type":"string"},"keys":{"type":"array","items":{"type":"string"}}}}},"argocd":{"type":"object","additionalProperties":false,"properties":{"clusters":{"type":"string"}}},"alternatives":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["paths","reason"],"properties":{"paths":{"type":"array","minItems":2,"items":{"type":"string"}},"reason":{"$ref":"#/definitions/reason"}}}},"remotes":{"type":"object","additionalProperties":{"type":"string"}},"notJudged":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["reason"],"properties":{"remote":{"type":"string","pattern":"\\S"},"chart":{"type":"string","pattern":"\\S"},"plugin":{"type":"string","pattern":"\\S"},"reason":{"$ref":"#/definitions/reason"},"expires":{"$ref":"#/definitions/expires"},"owner":{"$ref":"#/definitions/owner"}},"oneOf":[{"required":["remote"]},{"required":["chart"]},{"required":["plugin"]}]}},"schemas":{"type":"array","items":{"type":"string"}},"requireSchemas":{"type":"boolean"},"looseSchemas":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["kind","reason"],"properties":{"kind":{"type":"string"},"apiVersion":{"type":"string"},"reason":{"$ref":"#/definitions/reason"}}}},"rules":{"type":"object","additionalProperties":{"if":{"type":"object"},"then":{"type":"object","additionalProperties":false,"properties":{"severity":{"$ref":"#/definitions/severity"},"parameters":{"type":"object"}}},"else":{"$ref":"#/definitions/severity"}}},"exclusions":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["rule","reason"],"properties":{"rule":{"type":"string"},"file":{"type":"string"},"object":{"type":"string","pattern":"^[^/]+(/[^/]+)?$"},"environment":{"type":"string"},"reason":{"$ref":"#/definitions/reason"},"expires":{"$ref":"#/definitions/expires"},"owner":{"$ref":"#/definitions/owner"}},"anyOf":[{"required":["file"]},{"required":["object"]},{"required":["environment"]}]}},"approvedDifferences":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["property","reason"],"properties":{"property":{"type":"string","pattern":"\\S"},"service":{"type":"string"},"environment":{"type":"string"},"reason":{"$ref":"#/definitions/reason"},"expires":{"$ref":"#/definitions/expires"},"owner":{"$ref":"#/definitions/owner"}}}}},"definitions":{"names":{"type":"array","items":{"type":"string","pattern":"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"}},"severity":{"enum":["error","warning","note","off"]},"kubernetesVersion":{"enum":["1.29","1.30","1.31","1.32","1.33","1.34","1.35","1.36","1.37"]},"appliedBy":{"enum":["create","server-side-apply","client-side-apply"]},"reason":{"type":"string","pattern":"\\S"},"expires":{"type":"string","pattern":"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"},"owner":{"type":"string","pattern":"\\S"}}};
const schema12 = {"enum":["1.29","1.30","1.31","1.32","1.33","1.34","1.35","1.36","1.37"]};
const schema13 = {"enum":["create","server-side-apply","client-side-apply"]};
const schema14 = {"type":"array","items":{"type":"string","pattern":"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"}};
const schema18 = {"type":"string","pattern":"\\S"};
const schema20 = {"type":"string","pattern":"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"};
const schema21 = {"type":"string","pattern":"\\S"};
const schema23 = {"enum":["error","warning","note","off"]};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("\\S", "u");
const pattern1 = new RegExp("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$", "u");
const pattern2 = new RegExp("^[^#\\s]", "u");
const pattern3 = new RegExp("^2\\.[0-9]{1,3}(\\.[0-9]{1,3})?$", "u");
const pattern10 = new RegExp("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$", "u");
const pattern13 = new RegExp("^[^/]+(/[^/]+)?$", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema11.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.$schema !== undefined){
if(typeof data.$schema !== "string"){
const err1 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.kubernetesVersion !== undefined){
let data1 = data.kubernetesVersion;
if(!(((((((((data1 === "1.29") || (data1 === "1.30")) || (data1 === "1.31")) || (data1 === "1.32")) || (data1 === "1.33")) || (data1 === "1.34")) || (data1 === "1.35")) || (data1 === "1.36")) || (data1 === "1.37"))){
const err2 = {instancePath:instancePath+"/kubernetesVersion",schemaPath:"#/definitions/kubernetesVersion/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.appliedBy !== undefined){
let data2 = data.appliedBy;
if(!(((data2 === "create") || (data2 === "server-side-apply")) || (data2 === "client-side-apply"))){
const err3 = {instancePath:instancePath+"/appliedBy",schemaPath:"#/definitions/appliedBy/enum",keyword:"enum",params:{allowedValues: schema13.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.profile !== undefined){
let data3 = data.profile;
if(!(((((data3 === "acceptance") || (data3 === "baseline")) || (data3 === "restricted")) || (data3 === "recommended")) || (data3 === "all"))){
const err4 = {instancePath:instancePath+"/profile",schemaPath:"#/properties/profile/enum",keyword:"enum",params:{allowedValues: schema11.properties.profile.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.baseline !== undefined){
let data4 = data.baseline;
if(typeof data4 === "string"){
if(!pattern0.test(data4)){
const err5 = {instancePath:instancePath+"/baseline",schemaPath:"#/properties/baseline/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/baseline",schemaPath:"#/properties/baseline/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.environments !== undefined){
let data5 = data.environments;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key1 in data5){
let data6 = data5[key1];
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.root === undefined){
const err7 = {instancePath:instancePath+"/environments/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/environments/additionalProperties/required",keyword:"required",params:{missingProperty: "root"},message:"must have required property '"+"root"+"'"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
for(const key2 in data6){
if(!(((((key2 === "root") || (key2 === "requiredWorkloads")) || (key2 === "kubernetesVersion")) || (key2 === "appliedBy")) || (key2 === "production"))){
const err8 = {instancePath:instancePath+"/environments/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/environments/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data6.root !== undefined){
if(typeof data6.root !== "string"){
const err9 = {instancePath:instancePath+"/environments/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/root",schemaPath:"#/properties/environments/additionalProperties/properties/root/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data6.requiredWorkloads !== undefined){
let data8 = data6.requiredWorkloads;
if(Array.isArray(data8)){
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
if(typeof data9 === "string"){
if(!pattern1.test(data9)){
const err10 = {instancePath:instancePath+"/environments/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/requiredWorkloads/" + i0,schemaPath:"#/definitions/names/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/environments/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/requiredWorkloads/" + i0,schemaPath:"#/definitions/names/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath:instancePath+"/environments/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/requiredWorkloads",schemaPath:"#/definitions/names/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data6.kubernetesVersion !== undefined){
let data10 = data6.kubernetesVersion;
if(!(((((((((data10 === "1.29") || (data10 === "1.30")) || (data10 === "1.31")) || (data10 === "1.32")) || (data10 === "1.33")) || (data10 === "1.34")) || (data10 === "1.35")) || (data10 === "1.36")) || (data10 === "1.37"))){
const err13 = {instancePath:instancePath+"/environments/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/kubernetesVersion",schemaPath:"#/definitions/kubernetesVersion/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data6.appliedBy !== undefined){
let data11 = data6.appliedBy;
if(!(((data11 === "create") || (data11 === "server-side-apply")) || (data11 === "client-side-apply"))){
const err14 = {instancePath:instancePath+"/environments/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/appliedBy",schemaPath:"#/definitions/appliedBy/enum",keyword:"enum",params:{allowedValues: schema13.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data6.production !== undefined){
if(typeof data6.production !== "boolean"){
const err15 = {instancePath:instancePath+"/environments/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/production",schemaPath:"#/properties/environments/additionalProperties/properties/production/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath:instancePath+"/environments/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/environments/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath:instancePath+"/environments",schemaPath:"#/properties/environments/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.ignore !== undefined){
let data13 = data.ignore;
if(Array.isArray(data13)){
const len1 = data13.length;
for(let i1=0; i1<len1; i1++){
let data14 = data13[i1];
if(typeof data14 === "string"){
if(!pattern2.test(data14)){
const err18 = {instancePath:instancePath+"/ignore/" + i1,schemaPath:"#/properties/ignore/items/pattern",keyword:"pattern",params:{pattern: "^[^#\\s]"},message:"must match pattern \""+"^[^#\\s]"+"\""};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/ignore/" + i1,schemaPath:"#/properties/ignore/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath:instancePath+"/ignore",schemaPath:"#/properties/ignore/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.repositories !== undefined){
let data15 = data.repositories;
if(Array.isArray(data15)){
const len2 = data15.length;
for(let i2=0; i2<len2; i2++){
if(typeof data15[i2] !== "string"){
const err21 = {instancePath:instancePath+"/repositories/" + i2,schemaPath:"#/properties/repositories/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath:instancePath+"/repositories",schemaPath:"#/properties/repositories/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.flux !== undefined){
let data17 = data.flux;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key3 in data17){
if(!((key3 === "version") || (key3 === "strictSubstitution"))){
const err23 = {instancePath:instancePath+"/flux",schemaPath:"#/properties/flux/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data17.version !== undefined){
let data18 = data17.version;
if(typeof data18 === "string"){
if(!pattern3.test(data18)){
const err24 = {instancePath:instancePath+"/flux/version",schemaPath:"#/properties/flux/properties/version/pattern",keyword:"pattern",params:{pattern: "^2\\.[0-9]{1,3}(\\.[0-9]{1,3})?$"},message:"must match pattern \""+"^2\\.[0-9]{1,3}(\\.[0-9]{1,3})?$"+"\""};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/flux/version",schemaPath:"#/properties/flux/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data17.strictSubstitution !== undefined){
if(typeof data17.strictSubstitution !== "boolean"){
const err26 = {instancePath:instancePath+"/flux/strictSubstitution",schemaPath:"#/properties/flux/properties/strictSubstitution/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
else {
const err27 = {instancePath:instancePath+"/flux",schemaPath:"#/properties/flux/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.requiredWorkloads !== undefined){
let data20 = data.requiredWorkloads;
if(Array.isArray(data20)){
const len3 = data20.length;
for(let i3=0; i3<len3; i3++){
let data21 = data20[i3];
if(typeof data21 === "string"){
if(!pattern1.test(data21)){
const err28 = {instancePath:instancePath+"/requiredWorkloads/" + i3,schemaPath:"#/definitions/names/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/requiredWorkloads/" + i3,schemaPath:"#/definitions/names/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/requiredWorkloads",schemaPath:"#/definitions/names/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.provided !== undefined){
let data22 = data.provided;
if(Array.isArray(data22)){
const len4 = data22.length;
for(let i4=0; i4<len4; i4++){
let data23 = data22[i4];
if(data23 && typeof data23 == "object" && !Array.isArray(data23)){
if(data23.kind === undefined){
const err31 = {instancePath:instancePath+"/provided/" + i4,schemaPath:"#/properties/provided/items/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if(data23.name === undefined){
const err32 = {instancePath:instancePath+"/provided/" + i4,schemaPath:"#/properties/provided/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
for(const key4 in data23){
if(!(((((key4 === "apiVersion") || (key4 === "kind")) || (key4 === "name")) || (key4 === "namespace")) || (key4 === "keys"))){
const err33 = {instancePath:instancePath+"/provided/" + i4,schemaPath:"#/properties/provided/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data23.apiVersion !== undefined){
if(typeof data23.apiVersion !== "string"){
const err34 = {instancePath:instancePath+"/provided/" + i4+"/apiVersion",schemaPath:"#/properties/provided/items/properties/apiVersion/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data23.kind !== undefined){
if(typeof data23.kind !== "string"){
const err35 = {instancePath:instancePath+"/provided/" + i4+"/kind",schemaPath:"#/properties/provided/items/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data23.name !== undefined){
if(typeof data23.name !== "string"){
const err36 = {instancePath:instancePath+"/provided/" + i4+"/name",schemaPath:"#/properties/provided/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data23.namespace !== undefined){
if(typeof data23.namespace !== "string"){
const err37 = {instancePath:instancePath+"/provided/" + i4+"/namespace",schemaPath:"#/properties/provided/items/properties/namespace/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data23.keys !== undefined){
let data28 = data23.keys;
if(Array.isArray(data28)){
const len5 = data28.length;
for(let i5=0; i5<len5; i5++){
if(typeof data28[i5] !== "string"){
const err38 = {instancePath:instancePath+"/provided/" + i4+"/keys/" + i5,schemaPath:"#/properties/provided/items/properties/keys/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
}
else {
const err39 = {instancePath:instancePath+"/provided/" + i4+"/keys",schemaPath:"#/properties/provided/items/properties/keys/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
else {
const err40 = {instancePath:instancePath+"/provided/" + i4,schemaPath:"#/properties/provided/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
else {
const err41 = {instancePath:instancePath+"/provided",schemaPath:"#/properties/provided/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data.argocd !== undefined){
let data30 = data.argocd;
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
for(const key5 in data30){
if(!(key5 === "clusters")){
const err42 = {instancePath:instancePath+"/argocd",schemaPath:"#/properties/argocd/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data30.clusters !== undefined){
if(typeof data30.clusters !== "string"){
const err43 = {instancePath:instancePath+"/argocd/clusters",schemaPath:"#/properties/argocd/properties/clusters/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
else {
const err44 = {instancePath:instancePath+"/argocd",schemaPath:"#/properties/argocd/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data.alternatives !== undefined){
let data32 = data.alternatives;
if(Array.isArray(data32)){
const len6 = data32.length;
for(let i6=0; i6<len6; i6++){
let data33 = data32[i6];
if(data33 && typeof data33 == "object" && !Array.isArray(data33)){
if(data33.paths === undefined){
const err45 = {instancePath:instancePath+"/alternatives/" + i6,schemaPath:"#/properties/alternatives/items/required",keyword:"required",params:{missingProperty: "paths"},message:"must have required property '"+"paths"+"'"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
if(data33.reason === undefined){
const err46 = {instancePath:instancePath+"/alternatives/" + i6,schemaPath:"#/properties/alternatives/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
for(const key6 in data33){
if(!((key6 === "paths") || (key6 === "reason"))){
const err47 = {instancePath:instancePath+"/alternatives/" + i6,schemaPath:"#/properties/alternatives/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data33.paths !== undefined){
let data34 = data33.paths;
if(Array.isArray(data34)){
if(data34.length < 2){
const err48 = {instancePath:instancePath+"/alternatives/" + i6+"/paths",schemaPath:"#/properties/alternatives/items/properties/paths/minItems",keyword:"minItems",params:{limit: 2},message:"must NOT have fewer than 2 items"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
const len7 = data34.length;
for(let i7=0; i7<len7; i7++){
if(typeof data34[i7] !== "string"){
const err49 = {instancePath:instancePath+"/alternatives/" + i6+"/paths/" + i7,schemaPath:"#/properties/alternatives/items/properties/paths/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
else {
const err50 = {instancePath:instancePath+"/alternatives/" + i6+"/paths",schemaPath:"#/properties/alternatives/items/properties/paths/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data33.reason !== undefined){
let data36 = data33.reason;
if(typeof data36 === "string"){
if(!pattern0.test(data36)){
const err51 = {instancePath:instancePath+"/alternatives/" + i6+"/reason",schemaPath:"#/definitions/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
else {
const err52 = {instancePath:instancePath+"/alternatives/" + i6+"/reason",schemaPath:"#/definitions/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
}
else {
const err53 = {instancePath:instancePath+"/alternatives/" + i6,schemaPath:"#/properties/alternatives/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
}
else {
const err54 = {instancePath:instancePath+"/alternatives",schemaPath:"#/properties/alternatives/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data.remotes !== undefined){
let data37 = data.remotes;
if(data37 && typeof data37 == "object" && !Array.isArray(data37)){
for(const key7 in data37){
if(typeof data37[key7] !== "string"){
const err55 = {instancePath:instancePath+"/remotes/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/remotes/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
}
else {
const err56 = {instancePath:instancePath+"/remotes",schemaPath:"#/properties/remotes/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data.notJudged !== undefined){
let data39 = data.notJudged;
if(Array.isArray(data39)){
const len8 = data39.length;
for(let i8=0; i8<len8; i8++){
let data40 = data39[i8];
const _errs93 = errors;
let valid33 = false;
let passing0 = null;
const _errs94 = errors;
if(data40 && typeof data40 == "object" && !Array.isArray(data40)){
if(data40.remote === undefined){
const err57 = {instancePath:instancePath+"/notJudged/" + i8,schemaPath:"#/properties/notJudged/items/oneOf/0/required",keyword:"required",params:{missingProperty: "remote"},message:"must have required property '"+"remote"+"'"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
var _valid0 = _errs94 === errors;
if(_valid0){
valid33 = true;
passing0 = 0;
}
const _errs95 = errors;
if(data40 && typeof data40 == "object" && !Array.isArray(data40)){
if(data40.chart === undefined){
const err58 = {instancePath:instancePath+"/notJudged/" + i8,schemaPath:"#/properties/notJudged/items/oneOf/1/required",keyword:"required",params:{missingProperty: "chart"},message:"must have required property '"+"chart"+"'"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
var _valid0 = _errs95 === errors;
if(_valid0 && valid33){
valid33 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid33 = true;
passing0 = 1;
}
const _errs96 = errors;
if(data40 && typeof data40 == "object" && !Array.isArray(data40)){
if(data40.plugin === undefined){
const err59 = {instancePath:instancePath+"/notJudged/" + i8,schemaPath:"#/properties/notJudged/items/oneOf/2/required",keyword:"required",params:{missingProperty: "plugin"},message:"must have required property '"+"plugin"+"'"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
var _valid0 = _errs96 === errors;
if(_valid0 && valid33){
valid33 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid33 = true;
passing0 = 2;
}
}
}
if(!valid33){
const err60 = {instancePath:instancePath+"/notJudged/" + i8,schemaPath:"#/properties/notJudged/items/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
else {
errors = _errs93;
if(vErrors !== null){
if(_errs93){
vErrors.length = _errs93;
}
else {
vErrors = null;
}
}
}
if(data40 && typeof data40 == "object" && !Array.isArray(data40)){
if(data40.reason === undefined){
const err61 = {instancePath:instancePath+"/notJudged/" + i8,schemaPath:"#/properties/notJudged/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
for(const key8 in data40){
if(!((((((key8 === "remote") || (key8 === "chart")) || (key8 === "plugin")) || (key8 === "reason")) || (key8 === "expires")) || (key8 === "owner"))){
const err62 = {instancePath:instancePath+"/notJudged/" + i8,schemaPath:"#/properties/notJudged/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
if(data40.remote !== undefined){
let data41 = data40.remote;
if(typeof data41 === "string"){
if(!pattern0.test(data41)){
const err63 = {instancePath:instancePath+"/notJudged/" + i8+"/remote",schemaPath:"#/properties/notJudged/items/properties/remote/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
else {
const err64 = {instancePath:instancePath+"/notJudged/" + i8+"/remote",schemaPath:"#/properties/notJudged/items/properties/remote/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data40.chart !== undefined){
let data42 = data40.chart;
if(typeof data42 === "string"){
if(!pattern0.test(data42)){
const err65 = {instancePath:instancePath+"/notJudged/" + i8+"/chart",schemaPath:"#/properties/notJudged/items/properties/chart/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
else {
const err66 = {instancePath:instancePath+"/notJudged/" + i8+"/chart",schemaPath:"#/properties/notJudged/items/properties/chart/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data40.plugin !== undefined){
let data43 = data40.plugin;
if(typeof data43 === "string"){
if(!pattern0.test(data43)){
const err67 = {instancePath:instancePath+"/notJudged/" + i8+"/plugin",schemaPath:"#/properties/notJudged/items/properties/plugin/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
else {
const err68 = {instancePath:instancePath+"/notJudged/" + i8+"/plugin",schemaPath:"#/properties/notJudged/items/properties/plugin/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data40.reason !== undefined){
let data44 = data40.reason;
if(typeof data44 === "string"){
if(!pattern0.test(data44)){
const err69 = {instancePath:instancePath+"/notJudged/" + i8+"/reason",schemaPath:"#/definitions/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
else {
const err70 = {instancePath:instancePath+"/notJudged/" + i8+"/reason",schemaPath:"#/definitions/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data40.expires !== undefined){
let data45 = data40.expires;
if(typeof data45 === "string"){
if(!pattern10.test(data45)){
const err71 = {instancePath:instancePath+"/notJudged/" + i8+"/expires",schemaPath:"#/definitions/expires/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"},message:"must match pattern \""+"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"+"\""};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
else {
const err72 = {instancePath:instancePath+"/notJudged/" + i8+"/expires",schemaPath:"#/definitions/expires/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data40.owner !== undefined){
let data46 = data40.owner;
if(typeof data46 === "string"){
if(!pattern0.test(data46)){
const err73 = {instancePath:instancePath+"/notJudged/" + i8+"/owner",schemaPath:"#/definitions/owner/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
else {
const err74 = {instancePath:instancePath+"/notJudged/" + i8+"/owner",schemaPath:"#/definitions/owner/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
}
else {
const err75 = {instancePath:instancePath+"/notJudged/" + i8,schemaPath:"#/properties/notJudged/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
}
else {
const err76 = {instancePath:instancePath+"/notJudged",schemaPath:"#/properties/notJudged/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
if(data.schemas !== undefined){
let data47 = data.schemas;
if(Array.isArray(data47)){
const len9 = data47.length;
for(let i9=0; i9<len9; i9++){
if(typeof data47[i9] !== "string"){
const err77 = {instancePath:instancePath+"/schemas/" + i9,schemaPath:"#/properties/schemas/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
}
else {
const err78 = {instancePath:instancePath+"/schemas",schemaPath:"#/properties/schemas/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data.requireSchemas !== undefined){
if(typeof data.requireSchemas !== "boolean"){
const err79 = {instancePath:instancePath+"/requireSchemas",schemaPath:"#/properties/requireSchemas/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data.looseSchemas !== undefined){
let data50 = data.looseSchemas;
if(Array.isArray(data50)){
const len10 = data50.length;
for(let i10=0; i10<len10; i10++){
let data51 = data50[i10];
if(data51 && typeof data51 == "object" && !Array.isArray(data51)){
if(data51.kind === undefined){
const err80 = {instancePath:instancePath+"/looseSchemas/" + i10,schemaPath:"#/properties/looseSchemas/items/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
if(data51.reason === undefined){
const err81 = {instancePath:instancePath+"/looseSchemas/" + i10,schemaPath:"#/properties/looseSchemas/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
for(const key9 in data51){
if(!(((key9 === "kind") || (key9 === "apiVersion")) || (key9 === "reason"))){
const err82 = {instancePath:instancePath+"/looseSchemas/" + i10,schemaPath:"#/properties/looseSchemas/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
if(data51.kind !== undefined){
if(typeof data51.kind !== "string"){
const err83 = {instancePath:instancePath+"/looseSchemas/" + i10+"/kind",schemaPath:"#/properties/looseSchemas/items/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data51.apiVersion !== undefined){
if(typeof data51.apiVersion !== "string"){
const err84 = {instancePath:instancePath+"/looseSchemas/" + i10+"/apiVersion",schemaPath:"#/properties/looseSchemas/items/properties/apiVersion/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
if(data51.reason !== undefined){
let data54 = data51.reason;
if(typeof data54 === "string"){
if(!pattern0.test(data54)){
const err85 = {instancePath:instancePath+"/looseSchemas/" + i10+"/reason",schemaPath:"#/definitions/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
else {
const err86 = {instancePath:instancePath+"/looseSchemas/" + i10+"/reason",schemaPath:"#/definitions/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
}
else {
const err87 = {instancePath:instancePath+"/looseSchemas/" + i10,schemaPath:"#/properties/looseSchemas/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
}
else {
const err88 = {instancePath:instancePath+"/looseSchemas",schemaPath:"#/properties/looseSchemas/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
if(data.rules !== undefined){
let data55 = data.rules;
if(data55 && typeof data55 == "object" && !Array.isArray(data55)){
for(const key10 in data55){
let data56 = data55[key10];
const _errs135 = errors;
let valid45 = true;
const _errs136 = errors;
if(!(data56 && typeof data56 == "object" && !Array.isArray(data56))){
const err89 = {};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
var _valid1 = _errs136 === errors;
errors = _errs135;
if(vErrors !== null){
if(_errs135){
vErrors.length = _errs135;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid1){
const _errs138 = errors;
if(data56 && typeof data56 == "object" && !Array.isArray(data56)){
for(const key11 in data56){
if(!((key11 === "severity") || (key11 === "parameters"))){
const err90 = {instancePath:instancePath+"/rules/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/then/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
if(data56.severity !== undefined){
let data57 = data56.severity;
if(!((((data57 === "error") || (data57 === "warning")) || (data57 === "note")) || (data57 === "off"))){
const err91 = {instancePath:instancePath+"/rules/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/severity",schemaPath:"#/definitions/severity/enum",keyword:"enum",params:{allowedValues: schema23.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
if(data56.parameters !== undefined){
let data58 = data56.parameters;
if(!(data58 && typeof data58 == "object" && !Array.isArray(data58))){
const err92 = {instancePath:instancePath+"/rules/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/parameters",schemaPath:"#/properties/rules/additionalProperties/then/properties/parameters/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
}
else {
const err93 = {instancePath:instancePath+"/rules/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/then/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
var _valid1 = _errs138 === errors;
valid45 = _valid1;
ifClause0 = "then";
}
else {
const _errs145 = errors;
if(!((((data56 === "error") || (data56 === "warning")) || (data56 === "note")) || (data56 === "off"))){
const err94 = {instancePath:instancePath+"/rules/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/severity/enum",keyword:"enum",params:{allowedValues: schema23.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
var _valid1 = _errs145 === errors;
valid45 = _valid1;
ifClause0 = "else";
}
if(!valid45){
const err95 = {instancePath:instancePath+"/rules/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema"};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
}
else {
const err96 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
if(data.exclusions !== undefined){
let data59 = data.exclusions;
if(Array.isArray(data59)){
const len11 = data59.length;
for(let i11=0; i11<len11; i11++){
let data60 = data59[i11];
const _errs151 = errors;
let valid51 = false;
const _errs152 = errors;
if(data60 && typeof data60 == "object" && !Array.isArray(data60)){
if(data60.file === undefined){
const err97 = {instancePath:instancePath+"/exclusions/" + i11,schemaPath:"#/properties/exclusions/items/anyOf/0/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
var _valid2 = _errs152 === errors;
valid51 = valid51 || _valid2;
if(!valid51){
const _errs153 = errors;
if(data60 && typeof data60 == "object" && !Array.isArray(data60)){
if(data60.object === undefined){
const err98 = {instancePath:instancePath+"/exclusions/" + i11,schemaPath:"#/properties/exclusions/items/anyOf/1/required",keyword:"required",params:{missingProperty: "object"},message:"must have required property '"+"object"+"'"};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
var _valid2 = _errs153 === errors;
valid51 = valid51 || _valid2;
if(!valid51){
const _errs154 = errors;
if(data60 && typeof data60 == "object" && !Array.isArray(data60)){
if(data60.environment === undefined){
const err99 = {instancePath:instancePath+"/exclusions/" + i11,schemaPath:"#/properties/exclusions/items/anyOf/2/required",keyword:"required",params:{missingProperty: "environment"},message:"must have required property '"+"environment"+"'"};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
var _valid2 = _errs154 === errors;
valid51 = valid51 || _valid2;
}
}
if(!valid51){
const err100 = {instancePath:instancePath+"/exclusions/" + i11,schemaPath:"#/properties/exclusions/items/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
else {
errors = _errs151;
if(vErrors !== null){
if(_errs151){
vErrors.length = _errs151;
}
else {
vErrors = null;
}
}
}
if(data60 && typeof data60 == "object" && !Array.isArray(data60)){
if(data60.rule === undefined){
const err101 = {instancePath:instancePath+"/exclusions/" + i11,schemaPath:"#/properties/exclusions/items/required",keyword:"required",params:{missingProperty: "rule"},message:"must have required property '"+"rule"+"'"};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
if(data60.reason === undefined){
const err102 = {instancePath:instancePath+"/exclusions/" + i11,schemaPath:"#/properties/exclusions/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
for(const key12 in data60){
if(!(((((((key12 === "rule") || (key12 === "file")) || (key12 === "object")) || (key12 === "environment")) || (key12 === "reason")) || (key12 === "expires")) || (key12 === "owner"))){
const err103 = {instancePath:instancePath+"/exclusions/" + i11,schemaPath:"#/properties/exclusions/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
if(data60.rule !== undefined){
if(typeof data60.rule !== "string"){
const err104 = {instancePath:instancePath+"/exclusions/" + i11+"/rule",schemaPath:"#/properties/exclusions/items/properties/rule/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
if(data60.file !== undefined){
if(typeof data60.file !== "string"){
const err105 = {instancePath:instancePath+"/exclusions/" + i11+"/file",schemaPath:"#/properties/exclusions/items/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
if(data60.object !== undefined){
let data63 = data60.object;
if(typeof data63 === "string"){
if(!pattern13.test(data63)){
const err106 = {instancePath:instancePath+"/exclusions/" + i11+"/object",schemaPath:"#/properties/exclusions/items/properties/object/pattern",keyword:"pattern",params:{pattern: "^[^/]+(/[^/]+)?$"},message:"must match pattern \""+"^[^/]+(/[^/]+)?$"+"\""};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
else {
const err107 = {instancePath:instancePath+"/exclusions/" + i11+"/object",schemaPath:"#/properties/exclusions/items/properties/object/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
if(data60.environment !== undefined){
if(typeof data60.environment !== "string"){
const err108 = {instancePath:instancePath+"/exclusions/" + i11+"/environment",schemaPath:"#/properties/exclusions/items/properties/environment/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
if(data60.reason !== undefined){
let data65 = data60.reason;
if(typeof data65 === "string"){
if(!pattern0.test(data65)){
const err109 = {instancePath:instancePath+"/exclusions/" + i11+"/reason",schemaPath:"#/definitions/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
else {
const err110 = {instancePath:instancePath+"/exclusions/" + i11+"/reason",schemaPath:"#/definitions/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
if(data60.expires !== undefined){
let data66 = data60.expires;
if(typeof data66 === "string"){
if(!pattern10.test(data66)){
const err111 = {instancePath:instancePath+"/exclusions/" + i11+"/expires",schemaPath:"#/definitions/expires/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"},message:"must match pattern \""+"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"+"\""};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
else {
const err112 = {instancePath:instancePath+"/exclusions/" + i11+"/expires",schemaPath:"#/definitions/expires/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
if(data60.owner !== undefined){
let data67 = data60.owner;
if(typeof data67 === "string"){
if(!pattern0.test(data67)){
const err113 = {instancePath:instancePath+"/exclusions/" + i11+"/owner",schemaPath:"#/definitions/owner/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
else {
const err114 = {instancePath:instancePath+"/exclusions/" + i11+"/owner",schemaPath:"#/definitions/owner/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
}
else {
const err115 = {instancePath:instancePath+"/exclusions/" + i11,schemaPath:"#/properties/exclusions/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
}
else {
const err116 = {instancePath:instancePath+"/exclusions",schemaPath:"#/properties/exclusions/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
if(data.approvedDifferences !== undefined){
let data68 = data.approvedDifferences;
if(Array.isArray(data68)){
const len12 = data68.length;
for(let i12=0; i12<len12; i12++){
let data69 = data68[i12];
if(data69 && typeof data69 == "object" && !Array.isArray(data69)){
if(data69.property === undefined){
const err117 = {instancePath:instancePath+"/approvedDifferences/" + i12,schemaPath:"#/properties/approvedDifferences/items/required",keyword:"required",params:{missingProperty: "property"},message:"must have required property '"+"property"+"'"};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
if(data69.reason === undefined){
const err118 = {instancePath:instancePath+"/approvedDifferences/" + i12,schemaPath:"#/properties/approvedDifferences/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
for(const key13 in data69){
if(!((((((key13 === "property") || (key13 === "service")) || (key13 === "environment")) || (key13 === "reason")) || (key13 === "expires")) || (key13 === "owner"))){
const err119 = {instancePath:instancePath+"/approvedDifferences/" + i12,schemaPath:"#/properties/approvedDifferences/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key13},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
if(data69.property !== undefined){
let data70 = data69.property;
if(typeof data70 === "string"){
if(!pattern0.test(data70)){
const err120 = {instancePath:instancePath+"/approvedDifferences/" + i12+"/property",schemaPath:"#/properties/approvedDifferences/items/properties/property/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
else {
const err121 = {instancePath:instancePath+"/approvedDifferences/" + i12+"/property",schemaPath:"#/properties/approvedDifferences/items/properties/property/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
}
if(data69.service !== undefined){
if(typeof data69.service !== "string"){
const err122 = {instancePath:instancePath+"/approvedDifferences/" + i12+"/service",schemaPath:"#/properties/approvedDifferences/items/properties/service/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
if(data69.environment !== undefined){
if(typeof data69.environment !== "string"){
const err123 = {instancePath:instancePath+"/approvedDifferences/" + i12+"/environment",schemaPath:"#/properties/approvedDifferences/items/properties/environment/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
if(data69.reason !== undefined){
let data73 = data69.reason;
if(typeof data73 === "string"){
if(!pattern0.test(data73)){
const err124 = {instancePath:instancePath+"/approvedDifferences/" + i12+"/reason",schemaPath:"#/definitions/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
else {
const err125 = {instancePath:instancePath+"/approvedDifferences/" + i12+"/reason",schemaPath:"#/definitions/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
}
if(data69.expires !== undefined){
let data74 = data69.expires;
if(typeof data74 === "string"){
if(!pattern10.test(data74)){
const err126 = {instancePath:instancePath+"/approvedDifferences/" + i12+"/expires",schemaPath:"#/definitions/expires/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"},message:"must match pattern \""+"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"+"\""};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
else {
const err127 = {instancePath:instancePath+"/approvedDifferences/" + i12+"/expires",schemaPath:"#/definitions/expires/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
if(data69.owner !== undefined){
let data75 = data69.owner;
if(typeof data75 === "string"){
if(!pattern0.test(data75)){
const err128 = {instancePath:instancePath+"/approvedDifferences/" + i12+"/owner",schemaPath:"#/definitions/owner/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
}
else {
const err129 = {instancePath:instancePath+"/approvedDifferences/" + i12+"/owner",schemaPath:"#/definitions/owner/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
}
}
else {
const err130 = {instancePath:instancePath+"/approvedDifferences/" + i12,schemaPath:"#/properties/approvedDifferences/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
}
}
else {
const err131 = {instancePath:instancePath+"/approvedDifferences",schemaPath:"#/properties/approvedDifferences/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
}
}
else {
const err132 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}
