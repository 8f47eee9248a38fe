// Generated from schema/config.json by scripts/update-config-validator.mjs.

export const validate = validate10;

const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","additionalProperties":false,"properties":{"$schema":{"type":"string"},"kubernetesVersion":{"$ref":"#/definitions/kubernetesVersion"},"appliedBy":{"$ref":"#/definitions/appliedBy"},"profile":{"enum":["acceptance","baseline","restricted","recommended","all"]},"baseline":{"type":"string","pattern":"\\S"},"environments":{"type":"object","additionalProperties":{"type":"object","additionalProperties":false,"required":["root"],"properties":{"root":{"type":"string"},"requiredWorkloads":{"$ref":"#/definitions/names"},"kubernetesVersion":{"$ref":"#/definitions/kubernetesVersion"},"appliedBy":{"$ref":"#/definitions/appliedBy"},"production":{"type":"boolean"}}}},"ignore":{"type":"array","items":{"type":"string","pattern":"^[^#\\s]"}},"repositories":{"type":"array","items":{"type":"string"}},"flux":{"type":"object","additionalProperties":false,"properties":{"version":{"type":"string","pattern":"^2\\.[0-9]{1,3}(\\.[0-9]{1,3})?$"},"strictSubstitution":{"type":"boolean"}}},"requiredWorkloads":{"$ref":"#/definitions/names"},"provided":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["kind","name"],"properties":{"apiVersion":{"type":"string"},"kind":{"type":"string"},"name":{"type":"string"},"namespace":{"type":"string"},"keys":{"type":"array","items":{"type":"string"}}}}},"privateRegistries":{"type":"array","items":{"type":"string","pattern":"^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._/-]+)?$"}},"argocd":{"type":"object","additionalProperties":false,"properties":{"clusters":{"type":"string"}}},"alternatives":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["paths","reason"],"properties":{"paths":{"type":"array","minItems":2,"items":{"type":"string"}},"reason":{"$ref":"#/definitions/reason"}}}},"promotion":{"type":"array","minItems":2,"items":{"type":"array","minItems":1,"items":{"type":"string"}}},"remotes":{"type":"object","additionalProperties":{"type":"string"}},"charts":{"type":"string","pattern":"\\S"},"sourceHosts":{"type":"array","items":{"type":"string","pattern":"\\S"}},"notJudged":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["reason"],"properties":{"remote":{"type":"string","pattern":"\\S"},"chart":{"type":"string","pattern":"\\S"},"plugin":{"type":"string","pattern":"\\S"},"reason":{"$ref":"#/definitions/reason"},"expires":{"$ref":"#/definitions/expires"},"owner":{"$ref":"#/definitions/owner"}},"oneOf":[{"required":["remote"]},{"required":["chart"]},{"required":["plugin"]}]}},"schemas":{"type":"array","items":{"type":"string"}},"inlineSuppressions":{"enum":["allowed","forbidden"]},"requireSchemas":{"type":"boolean"},"looseSchemas":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["kind","reason"],"properties":{"kind":{"type":"string"},"apiVersion":{"type":"string"},"reason":{"$ref":"#/definitions/reason"}}}},"rules":{"type":"object","additionalProperties":{"if":{"type":"object"},"then":{"type":"object","additionalProperties":false,"properties":{"severity":{"$ref":"#/definitions/severity"},"parameters":{"type":"object"}}},"else":{"$ref":"#/definitions/severity"}}},"exclusions":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["rule","reason"],"properties":{"rule":{"type":"string"},"file":{"type":"string"},"object":{"type":"string","pattern":"^[^/]+(/[^/]+)?$"},"environment":{"type":"string"},"reason":{"$ref":"#/definitions/reason"},"expires":{"$ref":"#/definitions/expires"},"owner":{"$ref":"#/definitions/owner"}},"anyOf":[{"required":["file"]},{"required":["object"]},{"required":["environment"]}]}},"acknowledged":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["rule","digest","reason","expires"],"properties":{"rule":{"type":"string","pattern":"\\S"},"digest":{"type":"string","pattern":"^[0-9a-f]{12}$"},"object":{"type":"string","pattern":"^[^/]+/[^/]+$"},"clusters":{"type":"array","items":{"type":"string"}},"reason":{"$ref":"#/definitions/reason"},"expires":{"$ref":"#/definitions/expires"},"owner":{"$ref":"#/definitions/owner"}}}},"acknowledgeBy":{"type":"array","items":{"enum":["configuration","trailer"]}},"approvedDifferences":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["property","reason"],"properties":{"property":{"type":"string","pattern":"\\S"},"service":{"type":"string"},"environment":{"type":"string"},"reason":{"$ref":"#/definitions/reason"},"expires":{"$ref":"#/definitions/expires"},"owner":{"$ref":"#/definitions/owner"}}}}},"definitions":{"names":{"type":"array","items":{"type":"string","pattern":"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"}},"severity":{"enum":["error","warning","note","off"]},"kubernetesVersion":{"enum":["1.29","1.30","1.31","1.32","1.33","1.34","1.35","1.36","1.37"]},"appliedBy":{"enum":["create","server-side-apply","client-side-apply"]},"reason":{"type":"string","pattern":"\\S"},"expires":{"type":"string","pattern":"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"},"owner":{"type":"string","pattern":"\\S"}}};
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
const pattern5 = new RegExp("^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._/-]+)?$", "u");
const pattern13 = new RegExp("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$", "u");
const pattern16 = new RegExp("^[^/]+(/[^/]+)?$", "u");
const pattern21 = new RegExp("^[0-9a-f]{12}$", "u");
const pattern22 = new RegExp("^[^/]+/[^/]+$", "u");

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
if(data.privateRegistries !== undefined){
let data30 = data.privateRegistries;
if(Array.isArray(data30)){
const len6 = data30.length;
for(let i6=0; i6<len6; i6++){
let data31 = data30[i6];
if(typeof data31 === "string"){
if(!pattern5.test(data31)){
const err42 = {instancePath:instancePath+"/privateRegistries/" + i6,schemaPath:"#/properties/privateRegistries/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._/-]+)?$"},message:"must match pattern \""+"^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._/-]+)?$"+"\""};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
else {
const err43 = {instancePath:instancePath+"/privateRegistries/" + i6,schemaPath:"#/properties/privateRegistries/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err44 = {instancePath:instancePath+"/privateRegistries",schemaPath:"#/properties/privateRegistries/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data.argocd !== undefined){
let data32 = data.argocd;
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
for(const key5 in data32){
if(!(key5 === "clusters")){
const err45 = {instancePath:instancePath+"/argocd",schemaPath:"#/properties/argocd/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data32.clusters !== undefined){
if(typeof data32.clusters !== "string"){
const err46 = {instancePath:instancePath+"/argocd/clusters",schemaPath:"#/properties/argocd/properties/clusters/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
else {
const err47 = {instancePath:instancePath+"/argocd",schemaPath:"#/properties/argocd/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data.alternatives !== undefined){
let data34 = data.alternatives;
if(Array.isArray(data34)){
const len7 = data34.length;
for(let i7=0; i7<len7; i7++){
let data35 = data34[i7];
if(data35 && typeof data35 == "object" && !Array.isArray(data35)){
if(data35.paths === undefined){
const err48 = {instancePath:instancePath+"/alternatives/" + i7,schemaPath:"#/properties/alternatives/items/required",keyword:"required",params:{missingProperty: "paths"},message:"must have required property '"+"paths"+"'"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if(data35.reason === undefined){
const err49 = {instancePath:instancePath+"/alternatives/" + i7,schemaPath:"#/properties/alternatives/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
for(const key6 in data35){
if(!((key6 === "paths") || (key6 === "reason"))){
const err50 = {instancePath:instancePath+"/alternatives/" + i7,schemaPath:"#/properties/alternatives/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data35.paths !== undefined){
let data36 = data35.paths;
if(Array.isArray(data36)){
if(data36.length < 2){
const err51 = {instancePath:instancePath+"/alternatives/" + i7+"/paths",schemaPath:"#/properties/alternatives/items/properties/paths/minItems",keyword:"minItems",params:{limit: 2},message:"must NOT have fewer than 2 items"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
const len8 = data36.length;
for(let i8=0; i8<len8; i8++){
if(typeof data36[i8] !== "string"){
const err52 = {instancePath:instancePath+"/alternatives/" + i7+"/paths/" + i8,schemaPath:"#/properties/alternatives/items/properties/paths/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err53 = {instancePath:instancePath+"/alternatives/" + i7+"/paths",schemaPath:"#/properties/alternatives/items/properties/paths/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
if(data35.reason !== undefined){
let data38 = data35.reason;
if(typeof data38 === "string"){
if(!pattern0.test(data38)){
const err54 = {instancePath:instancePath+"/alternatives/" + i7+"/reason",schemaPath:"#/definitions/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
else {
const err55 = {instancePath:instancePath+"/alternatives/" + i7+"/reason",schemaPath:"#/definitions/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err56 = {instancePath:instancePath+"/alternatives/" + i7,schemaPath:"#/properties/alternatives/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
}
else {
const err57 = {instancePath:instancePath+"/alternatives",schemaPath:"#/properties/alternatives/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data.promotion !== undefined){
let data39 = data.promotion;
if(Array.isArray(data39)){
if(data39.length < 2){
const err58 = {instancePath:instancePath+"/promotion",schemaPath:"#/properties/promotion/minItems",keyword:"minItems",params:{limit: 2},message:"must NOT have fewer than 2 items"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
const len9 = data39.length;
for(let i9=0; i9<len9; i9++){
let data40 = data39[i9];
if(Array.isArray(data40)){
if(data40.length < 1){
const err59 = {instancePath:instancePath+"/promotion/" + i9,schemaPath:"#/properties/promotion/items/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
const len10 = data40.length;
for(let i10=0; i10<len10; i10++){
if(typeof data40[i10] !== "string"){
const err60 = {instancePath:instancePath+"/promotion/" + i9+"/" + i10,schemaPath:"#/properties/promotion/items/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
}
else {
const err61 = {instancePath:instancePath+"/promotion/" + i9,schemaPath:"#/properties/promotion/items/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
}
else {
const err62 = {instancePath:instancePath+"/promotion",schemaPath:"#/properties/promotion/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
if(data.remotes !== undefined){
let data42 = data.remotes;
if(data42 && typeof data42 == "object" && !Array.isArray(data42)){
for(const key7 in data42){
if(typeof data42[key7] !== "string"){
const err63 = {instancePath:instancePath+"/remotes/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/remotes/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
}
else {
const err64 = {instancePath:instancePath+"/remotes",schemaPath:"#/properties/remotes/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data.charts !== undefined){
let data44 = data.charts;
if(typeof data44 === "string"){
if(!pattern0.test(data44)){
const err65 = {instancePath:instancePath+"/charts",schemaPath:"#/properties/charts/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
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
const err66 = {instancePath:instancePath+"/charts",schemaPath:"#/properties/charts/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data.sourceHosts !== undefined){
let data45 = data.sourceHosts;
if(Array.isArray(data45)){
const len11 = data45.length;
for(let i11=0; i11<len11; i11++){
let data46 = data45[i11];
if(typeof data46 === "string"){
if(!pattern0.test(data46)){
const err67 = {instancePath:instancePath+"/sourceHosts/" + i11,schemaPath:"#/properties/sourceHosts/items/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
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
const err68 = {instancePath:instancePath+"/sourceHosts/" + i11,schemaPath:"#/properties/sourceHosts/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
}
else {
const err69 = {instancePath:instancePath+"/sourceHosts",schemaPath:"#/properties/sourceHosts/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data.notJudged !== undefined){
let data47 = data.notJudged;
if(Array.isArray(data47)){
const len12 = data47.length;
for(let i12=0; i12<len12; i12++){
let data48 = data47[i12];
const _errs109 = errors;
let valid41 = false;
let passing0 = null;
const _errs110 = errors;
if(data48 && typeof data48 == "object" && !Array.isArray(data48)){
if(data48.remote === undefined){
const err70 = {instancePath:instancePath+"/notJudged/" + i12,schemaPath:"#/properties/notJudged/items/oneOf/0/required",keyword:"required",params:{missingProperty: "remote"},message:"must have required property '"+"remote"+"'"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
var _valid0 = _errs110 === errors;
if(_valid0){
valid41 = true;
passing0 = 0;
}
const _errs111 = errors;
if(data48 && typeof data48 == "object" && !Array.isArray(data48)){
if(data48.chart === undefined){
const err71 = {instancePath:instancePath+"/notJudged/" + i12,schemaPath:"#/properties/notJudged/items/oneOf/1/required",keyword:"required",params:{missingProperty: "chart"},message:"must have required property '"+"chart"+"'"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
var _valid0 = _errs111 === errors;
if(_valid0 && valid41){
valid41 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid41 = true;
passing0 = 1;
}
const _errs112 = errors;
if(data48 && typeof data48 == "object" && !Array.isArray(data48)){
if(data48.plugin === undefined){
const err72 = {instancePath:instancePath+"/notJudged/" + i12,schemaPath:"#/properties/notJudged/items/oneOf/2/required",keyword:"required",params:{missingProperty: "plugin"},message:"must have required property '"+"plugin"+"'"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
var _valid0 = _errs112 === errors;
if(_valid0 && valid41){
valid41 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid41 = true;
passing0 = 2;
}
}
}
if(!valid41){
const err73 = {instancePath:instancePath+"/notJudged/" + i12,schemaPath:"#/properties/notJudged/items/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
else {
errors = _errs109;
if(vErrors !== null){
if(_errs109){
vErrors.length = _errs109;
}
else {
vErrors = null;
}
}
}
if(data48 && typeof data48 == "object" && !Array.isArray(data48)){
if(data48.reason === undefined){
const err74 = {instancePath:instancePath+"/notJudged/" + i12,schemaPath:"#/properties/notJudged/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
for(const key8 in data48){
if(!((((((key8 === "remote") || (key8 === "chart")) || (key8 === "plugin")) || (key8 === "reason")) || (key8 === "expires")) || (key8 === "owner"))){
const err75 = {instancePath:instancePath+"/notJudged/" + i12,schemaPath:"#/properties/notJudged/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data48.remote !== undefined){
let data49 = data48.remote;
if(typeof data49 === "string"){
if(!pattern0.test(data49)){
const err76 = {instancePath:instancePath+"/notJudged/" + i12+"/remote",schemaPath:"#/properties/notJudged/items/properties/remote/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
else {
const err77 = {instancePath:instancePath+"/notJudged/" + i12+"/remote",schemaPath:"#/properties/notJudged/items/properties/remote/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
if(data48.chart !== undefined){
let data50 = data48.chart;
if(typeof data50 === "string"){
if(!pattern0.test(data50)){
const err78 = {instancePath:instancePath+"/notJudged/" + i12+"/chart",schemaPath:"#/properties/notJudged/items/properties/chart/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
else {
const err79 = {instancePath:instancePath+"/notJudged/" + i12+"/chart",schemaPath:"#/properties/notJudged/items/properties/chart/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data48.plugin !== undefined){
let data51 = data48.plugin;
if(typeof data51 === "string"){
if(!pattern0.test(data51)){
const err80 = {instancePath:instancePath+"/notJudged/" + i12+"/plugin",schemaPath:"#/properties/notJudged/items/properties/plugin/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
else {
const err81 = {instancePath:instancePath+"/notJudged/" + i12+"/plugin",schemaPath:"#/properties/notJudged/items/properties/plugin/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
if(data48.reason !== undefined){
let data52 = data48.reason;
if(typeof data52 === "string"){
if(!pattern0.test(data52)){
const err82 = {instancePath:instancePath+"/notJudged/" + i12+"/reason",schemaPath:"#/definitions/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
else {
const err83 = {instancePath:instancePath+"/notJudged/" + i12+"/reason",schemaPath:"#/definitions/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data48.expires !== undefined){
let data53 = data48.expires;
if(typeof data53 === "string"){
if(!pattern13.test(data53)){
const err84 = {instancePath:instancePath+"/notJudged/" + i12+"/expires",schemaPath:"#/definitions/expires/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"},message:"must match pattern \""+"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"+"\""};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
else {
const err85 = {instancePath:instancePath+"/notJudged/" + i12+"/expires",schemaPath:"#/definitions/expires/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
if(data48.owner !== undefined){
let data54 = data48.owner;
if(typeof data54 === "string"){
if(!pattern0.test(data54)){
const err86 = {instancePath:instancePath+"/notJudged/" + i12+"/owner",schemaPath:"#/definitions/owner/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
else {
const err87 = {instancePath:instancePath+"/notJudged/" + i12+"/owner",schemaPath:"#/definitions/owner/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err88 = {instancePath:instancePath+"/notJudged/" + i12,schemaPath:"#/properties/notJudged/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
}
else {
const err89 = {instancePath:instancePath+"/notJudged",schemaPath:"#/properties/notJudged/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
if(data.schemas !== undefined){
let data55 = data.schemas;
if(Array.isArray(data55)){
const len13 = data55.length;
for(let i13=0; i13<len13; i13++){
if(typeof data55[i13] !== "string"){
const err90 = {instancePath:instancePath+"/schemas/" + i13,schemaPath:"#/properties/schemas/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
}
else {
const err91 = {instancePath:instancePath+"/schemas",schemaPath:"#/properties/schemas/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
if(data.inlineSuppressions !== undefined){
let data57 = data.inlineSuppressions;
if(!((data57 === "allowed") || (data57 === "forbidden"))){
const err92 = {instancePath:instancePath+"/inlineSuppressions",schemaPath:"#/properties/inlineSuppressions/enum",keyword:"enum",params:{allowedValues: schema11.properties.inlineSuppressions.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
if(data.requireSchemas !== undefined){
if(typeof data.requireSchemas !== "boolean"){
const err93 = {instancePath:instancePath+"/requireSchemas",schemaPath:"#/properties/requireSchemas/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
if(data.looseSchemas !== undefined){
let data59 = data.looseSchemas;
if(Array.isArray(data59)){
const len14 = data59.length;
for(let i14=0; i14<len14; i14++){
let data60 = data59[i14];
if(data60 && typeof data60 == "object" && !Array.isArray(data60)){
if(data60.kind === undefined){
const err94 = {instancePath:instancePath+"/looseSchemas/" + i14,schemaPath:"#/properties/looseSchemas/items/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'"};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
if(data60.reason === undefined){
const err95 = {instancePath:instancePath+"/looseSchemas/" + i14,schemaPath:"#/properties/looseSchemas/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
for(const key9 in data60){
if(!(((key9 === "kind") || (key9 === "apiVersion")) || (key9 === "reason"))){
const err96 = {instancePath:instancePath+"/looseSchemas/" + i14,schemaPath:"#/properties/looseSchemas/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
if(data60.kind !== undefined){
if(typeof data60.kind !== "string"){
const err97 = {instancePath:instancePath+"/looseSchemas/" + i14+"/kind",schemaPath:"#/properties/looseSchemas/items/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
if(data60.apiVersion !== undefined){
if(typeof data60.apiVersion !== "string"){
const err98 = {instancePath:instancePath+"/looseSchemas/" + i14+"/apiVersion",schemaPath:"#/properties/looseSchemas/items/properties/apiVersion/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data60.reason !== undefined){
let data63 = data60.reason;
if(typeof data63 === "string"){
if(!pattern0.test(data63)){
const err99 = {instancePath:instancePath+"/looseSchemas/" + i14+"/reason",schemaPath:"#/definitions/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
else {
const err100 = {instancePath:instancePath+"/looseSchemas/" + i14+"/reason",schemaPath:"#/definitions/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
}
else {
const err101 = {instancePath:instancePath+"/looseSchemas/" + i14,schemaPath:"#/properties/looseSchemas/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
}
else {
const err102 = {instancePath:instancePath+"/looseSchemas",schemaPath:"#/properties/looseSchemas/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
if(data.rules !== undefined){
let data64 = data.rules;
if(data64 && typeof data64 == "object" && !Array.isArray(data64)){
for(const key10 in data64){
let data65 = data64[key10];
const _errs152 = errors;
let valid53 = true;
const _errs153 = errors;
if(!(data65 && typeof data65 == "object" && !Array.isArray(data65))){
const err103 = {};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
var _valid1 = _errs153 === errors;
errors = _errs152;
if(vErrors !== null){
if(_errs152){
vErrors.length = _errs152;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid1){
const _errs155 = errors;
if(data65 && typeof data65 == "object" && !Array.isArray(data65)){
for(const key11 in data65){
if(!((key11 === "severity") || (key11 === "parameters"))){
const err104 = {instancePath:instancePath+"/rules/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/then/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
if(data65.severity !== undefined){
let data66 = data65.severity;
if(!((((data66 === "error") || (data66 === "warning")) || (data66 === "note")) || (data66 === "off"))){
const err105 = {instancePath:instancePath+"/rules/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/severity",schemaPath:"#/definitions/severity/enum",keyword:"enum",params:{allowedValues: schema23.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
if(data65.parameters !== undefined){
let data67 = data65.parameters;
if(!(data67 && typeof data67 == "object" && !Array.isArray(data67))){
const err106 = {instancePath:instancePath+"/rules/" + key10.replace(/~/g, "~0").replace(/\//g, "~1")+"/parameters",schemaPath:"#/properties/rules/additionalProperties/then/properties/parameters/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
}
else {
const err107 = {instancePath:instancePath+"/rules/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/then/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
var _valid1 = _errs155 === errors;
valid53 = _valid1;
ifClause0 = "then";
}
else {
const _errs162 = errors;
if(!((((data65 === "error") || (data65 === "warning")) || (data65 === "note")) || (data65 === "off"))){
const err108 = {instancePath:instancePath+"/rules/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/severity/enum",keyword:"enum",params:{allowedValues: schema23.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
var _valid1 = _errs162 === errors;
valid53 = _valid1;
ifClause0 = "else";
}
if(!valid53){
const err109 = {instancePath:instancePath+"/rules/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema"};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
}
else {
const err110 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
if(data.exclusions !== undefined){
let data68 = data.exclusions;
if(Array.isArray(data68)){
const len15 = data68.length;
for(let i15=0; i15<len15; i15++){
let data69 = data68[i15];
const _errs168 = errors;
let valid59 = false;
const _errs169 = errors;
if(data69 && typeof data69 == "object" && !Array.isArray(data69)){
if(data69.file === undefined){
const err111 = {instancePath:instancePath+"/exclusions/" + i15,schemaPath:"#/properties/exclusions/items/anyOf/0/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
var _valid2 = _errs169 === errors;
valid59 = valid59 || _valid2;
if(!valid59){
const _errs170 = errors;
if(data69 && typeof data69 == "object" && !Array.isArray(data69)){
if(data69.object === undefined){
const err112 = {instancePath:instancePath+"/exclusions/" + i15,schemaPath:"#/properties/exclusions/items/anyOf/1/required",keyword:"required",params:{missingProperty: "object"},message:"must have required property '"+"object"+"'"};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
var _valid2 = _errs170 === errors;
valid59 = valid59 || _valid2;
if(!valid59){
const _errs171 = errors;
if(data69 && typeof data69 == "object" && !Array.isArray(data69)){
if(data69.environment === undefined){
const err113 = {instancePath:instancePath+"/exclusions/" + i15,schemaPath:"#/properties/exclusions/items/anyOf/2/required",keyword:"required",params:{missingProperty: "environment"},message:"must have required property '"+"environment"+"'"};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
var _valid2 = _errs171 === errors;
valid59 = valid59 || _valid2;
}
}
if(!valid59){
const err114 = {instancePath:instancePath+"/exclusions/" + i15,schemaPath:"#/properties/exclusions/items/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
else {
errors = _errs168;
if(vErrors !== null){
if(_errs168){
vErrors.length = _errs168;
}
else {
vErrors = null;
}
}
}
if(data69 && typeof data69 == "object" && !Array.isArray(data69)){
if(data69.rule === undefined){
const err115 = {instancePath:instancePath+"/exclusions/" + i15,schemaPath:"#/properties/exclusions/items/required",keyword:"required",params:{missingProperty: "rule"},message:"must have required property '"+"rule"+"'"};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
if(data69.reason === undefined){
const err116 = {instancePath:instancePath+"/exclusions/" + i15,schemaPath:"#/properties/exclusions/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
for(const key12 in data69){
if(!(((((((key12 === "rule") || (key12 === "file")) || (key12 === "object")) || (key12 === "environment")) || (key12 === "reason")) || (key12 === "expires")) || (key12 === "owner"))){
const err117 = {instancePath:instancePath+"/exclusions/" + i15,schemaPath:"#/properties/exclusions/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
}
if(data69.rule !== undefined){
if(typeof data69.rule !== "string"){
const err118 = {instancePath:instancePath+"/exclusions/" + i15+"/rule",schemaPath:"#/properties/exclusions/items/properties/rule/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
}
if(data69.file !== undefined){
if(typeof data69.file !== "string"){
const err119 = {instancePath:instancePath+"/exclusions/" + i15+"/file",schemaPath:"#/properties/exclusions/items/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
if(data69.object !== undefined){
let data72 = data69.object;
if(typeof data72 === "string"){
if(!pattern16.test(data72)){
const err120 = {instancePath:instancePath+"/exclusions/" + i15+"/object",schemaPath:"#/properties/exclusions/items/properties/object/pattern",keyword:"pattern",params:{pattern: "^[^/]+(/[^/]+)?$"},message:"must match pattern \""+"^[^/]+(/[^/]+)?$"+"\""};
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
const err121 = {instancePath:instancePath+"/exclusions/" + i15+"/object",schemaPath:"#/properties/exclusions/items/properties/object/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
}
if(data69.environment !== undefined){
if(typeof data69.environment !== "string"){
const err122 = {instancePath:instancePath+"/exclusions/" + i15+"/environment",schemaPath:"#/properties/exclusions/items/properties/environment/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
if(data69.reason !== undefined){
let data74 = data69.reason;
if(typeof data74 === "string"){
if(!pattern0.test(data74)){
const err123 = {instancePath:instancePath+"/exclusions/" + i15+"/reason",schemaPath:"#/definitions/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
else {
const err124 = {instancePath:instancePath+"/exclusions/" + i15+"/reason",schemaPath:"#/definitions/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
if(data69.expires !== undefined){
let data75 = data69.expires;
if(typeof data75 === "string"){
if(!pattern13.test(data75)){
const err125 = {instancePath:instancePath+"/exclusions/" + i15+"/expires",schemaPath:"#/definitions/expires/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"},message:"must match pattern \""+"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"+"\""};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
}
else {
const err126 = {instancePath:instancePath+"/exclusions/" + i15+"/expires",schemaPath:"#/definitions/expires/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
if(data69.owner !== undefined){
let data76 = data69.owner;
if(typeof data76 === "string"){
if(!pattern0.test(data76)){
const err127 = {instancePath:instancePath+"/exclusions/" + i15+"/owner",schemaPath:"#/definitions/owner/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
else {
const err128 = {instancePath:instancePath+"/exclusions/" + i15+"/owner",schemaPath:"#/definitions/owner/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
}
}
else {
const err129 = {instancePath:instancePath+"/exclusions/" + i15,schemaPath:"#/properties/exclusions/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
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
const err130 = {instancePath:instancePath+"/exclusions",schemaPath:"#/properties/exclusions/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
}
if(data.acknowledged !== undefined){
let data77 = data.acknowledged;
if(Array.isArray(data77)){
const len16 = data77.length;
for(let i16=0; i16<len16; i16++){
let data78 = data77[i16];
if(data78 && typeof data78 == "object" && !Array.isArray(data78)){
if(data78.rule === undefined){
const err131 = {instancePath:instancePath+"/acknowledged/" + i16,schemaPath:"#/properties/acknowledged/items/required",keyword:"required",params:{missingProperty: "rule"},message:"must have required property '"+"rule"+"'"};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
if(data78.digest === undefined){
const err132 = {instancePath:instancePath+"/acknowledged/" + i16,schemaPath:"#/properties/acknowledged/items/required",keyword:"required",params:{missingProperty: "digest"},message:"must have required property '"+"digest"+"'"};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
if(data78.reason === undefined){
const err133 = {instancePath:instancePath+"/acknowledged/" + i16,schemaPath:"#/properties/acknowledged/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
if(data78.expires === undefined){
const err134 = {instancePath:instancePath+"/acknowledged/" + i16,schemaPath:"#/properties/acknowledged/items/required",keyword:"required",params:{missingProperty: "expires"},message:"must have required property '"+"expires"+"'"};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
for(const key13 in data78){
if(!(((((((key13 === "rule") || (key13 === "digest")) || (key13 === "object")) || (key13 === "clusters")) || (key13 === "reason")) || (key13 === "expires")) || (key13 === "owner"))){
const err135 = {instancePath:instancePath+"/acknowledged/" + i16,schemaPath:"#/properties/acknowledged/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key13},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
}
if(data78.rule !== undefined){
let data79 = data78.rule;
if(typeof data79 === "string"){
if(!pattern0.test(data79)){
const err136 = {instancePath:instancePath+"/acknowledged/" + i16+"/rule",schemaPath:"#/properties/acknowledged/items/properties/rule/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
else {
const err137 = {instancePath:instancePath+"/acknowledged/" + i16+"/rule",schemaPath:"#/properties/acknowledged/items/properties/rule/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
}
if(data78.digest !== undefined){
let data80 = data78.digest;
if(typeof data80 === "string"){
if(!pattern21.test(data80)){
const err138 = {instancePath:instancePath+"/acknowledged/" + i16+"/digest",schemaPath:"#/properties/acknowledged/items/properties/digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{12}$"},message:"must match pattern \""+"^[0-9a-f]{12}$"+"\""};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
}
else {
const err139 = {instancePath:instancePath+"/acknowledged/" + i16+"/digest",schemaPath:"#/properties/acknowledged/items/properties/digest/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
if(data78.object !== undefined){
let data81 = data78.object;
if(typeof data81 === "string"){
if(!pattern22.test(data81)){
const err140 = {instancePath:instancePath+"/acknowledged/" + i16+"/object",schemaPath:"#/properties/acknowledged/items/properties/object/pattern",keyword:"pattern",params:{pattern: "^[^/]+/[^/]+$"},message:"must match pattern \""+"^[^/]+/[^/]+$"+"\""};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
}
else {
const err141 = {instancePath:instancePath+"/acknowledged/" + i16+"/object",schemaPath:"#/properties/acknowledged/items/properties/object/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
}
if(data78.clusters !== undefined){
let data82 = data78.clusters;
if(Array.isArray(data82)){
const len17 = data82.length;
for(let i17=0; i17<len17; i17++){
if(typeof data82[i17] !== "string"){
const err142 = {instancePath:instancePath+"/acknowledged/" + i16+"/clusters/" + i17,schemaPath:"#/properties/acknowledged/items/properties/clusters/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
}
}
else {
const err143 = {instancePath:instancePath+"/acknowledged/" + i16+"/clusters",schemaPath:"#/properties/acknowledged/items/properties/clusters/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
}
if(data78.reason !== undefined){
let data84 = data78.reason;
if(typeof data84 === "string"){
if(!pattern0.test(data84)){
const err144 = {instancePath:instancePath+"/acknowledged/" + i16+"/reason",schemaPath:"#/definitions/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
}
else {
const err145 = {instancePath:instancePath+"/acknowledged/" + i16+"/reason",schemaPath:"#/definitions/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
}
if(data78.expires !== undefined){
let data85 = data78.expires;
if(typeof data85 === "string"){
if(!pattern13.test(data85)){
const err146 = {instancePath:instancePath+"/acknowledged/" + i16+"/expires",schemaPath:"#/definitions/expires/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"},message:"must match pattern \""+"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"+"\""};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
}
else {
const err147 = {instancePath:instancePath+"/acknowledged/" + i16+"/expires",schemaPath:"#/definitions/expires/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
}
if(data78.owner !== undefined){
let data86 = data78.owner;
if(typeof data86 === "string"){
if(!pattern0.test(data86)){
const err148 = {instancePath:instancePath+"/acknowledged/" + i16+"/owner",schemaPath:"#/definitions/owner/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
}
else {
const err149 = {instancePath:instancePath+"/acknowledged/" + i16+"/owner",schemaPath:"#/definitions/owner/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
}
}
else {
const err150 = {instancePath:instancePath+"/acknowledged/" + i16,schemaPath:"#/properties/acknowledged/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
}
}
else {
const err151 = {instancePath:instancePath+"/acknowledged",schemaPath:"#/properties/acknowledged/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
}
if(data.acknowledgeBy !== undefined){
let data87 = data.acknowledgeBy;
if(Array.isArray(data87)){
const len18 = data87.length;
for(let i18=0; i18<len18; i18++){
let data88 = data87[i18];
if(!((data88 === "configuration") || (data88 === "trailer"))){
const err152 = {instancePath:instancePath+"/acknowledgeBy/" + i18,schemaPath:"#/properties/acknowledgeBy/items/enum",keyword:"enum",params:{allowedValues: schema11.properties.acknowledgeBy.items.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
}
}
else {
const err153 = {instancePath:instancePath+"/acknowledgeBy",schemaPath:"#/properties/acknowledgeBy/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
}
if(data.approvedDifferences !== undefined){
let data89 = data.approvedDifferences;
if(Array.isArray(data89)){
const len19 = data89.length;
for(let i19=0; i19<len19; i19++){
let data90 = data89[i19];
if(data90 && typeof data90 == "object" && !Array.isArray(data90)){
if(data90.property === undefined){
const err154 = {instancePath:instancePath+"/approvedDifferences/" + i19,schemaPath:"#/properties/approvedDifferences/items/required",keyword:"required",params:{missingProperty: "property"},message:"must have required property '"+"property"+"'"};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
if(data90.reason === undefined){
const err155 = {instancePath:instancePath+"/approvedDifferences/" + i19,schemaPath:"#/properties/approvedDifferences/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
for(const key14 in data90){
if(!((((((key14 === "property") || (key14 === "service")) || (key14 === "environment")) || (key14 === "reason")) || (key14 === "expires")) || (key14 === "owner"))){
const err156 = {instancePath:instancePath+"/approvedDifferences/" + i19,schemaPath:"#/properties/approvedDifferences/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key14},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
}
if(data90.property !== undefined){
let data91 = data90.property;
if(typeof data91 === "string"){
if(!pattern0.test(data91)){
const err157 = {instancePath:instancePath+"/approvedDifferences/" + i19+"/property",schemaPath:"#/properties/approvedDifferences/items/properties/property/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
}
else {
const err158 = {instancePath:instancePath+"/approvedDifferences/" + i19+"/property",schemaPath:"#/properties/approvedDifferences/items/properties/property/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
}
if(data90.service !== undefined){
if(typeof data90.service !== "string"){
const err159 = {instancePath:instancePath+"/approvedDifferences/" + i19+"/service",schemaPath:"#/properties/approvedDifferences/items/properties/service/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
}
if(data90.environment !== undefined){
if(typeof data90.environment !== "string"){
const err160 = {instancePath:instancePath+"/approvedDifferences/" + i19+"/environment",schemaPath:"#/properties/approvedDifferences/items/properties/environment/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
}
if(data90.reason !== undefined){
let data94 = data90.reason;
if(typeof data94 === "string"){
if(!pattern0.test(data94)){
const err161 = {instancePath:instancePath+"/approvedDifferences/" + i19+"/reason",schemaPath:"#/definitions/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err161];
}
else {
vErrors.push(err161);
}
errors++;
}
}
else {
const err162 = {instancePath:instancePath+"/approvedDifferences/" + i19+"/reason",schemaPath:"#/definitions/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err162];
}
else {
vErrors.push(err162);
}
errors++;
}
}
if(data90.expires !== undefined){
let data95 = data90.expires;
if(typeof data95 === "string"){
if(!pattern13.test(data95)){
const err163 = {instancePath:instancePath+"/approvedDifferences/" + i19+"/expires",schemaPath:"#/definitions/expires/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"},message:"must match pattern \""+"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"+"\""};
if(vErrors === null){
vErrors = [err163];
}
else {
vErrors.push(err163);
}
errors++;
}
}
else {
const err164 = {instancePath:instancePath+"/approvedDifferences/" + i19+"/expires",schemaPath:"#/definitions/expires/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err164];
}
else {
vErrors.push(err164);
}
errors++;
}
}
if(data90.owner !== undefined){
let data96 = data90.owner;
if(typeof data96 === "string"){
if(!pattern0.test(data96)){
const err165 = {instancePath:instancePath+"/approvedDifferences/" + i19+"/owner",schemaPath:"#/definitions/owner/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err165];
}
else {
vErrors.push(err165);
}
errors++;
}
}
else {
const err166 = {instancePath:instancePath+"/approvedDifferences/" + i19+"/owner",schemaPath:"#/definitions/owner/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err166];
}
else {
vErrors.push(err166);
}
errors++;
}
}
}
else {
const err167 = {instancePath:instancePath+"/approvedDifferences/" + i19,schemaPath:"#/properties/approvedDifferences/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err167];
}
else {
vErrors.push(err167);
}
errors++;
}
}
}
else {
const err168 = {instancePath:instancePath+"/approvedDifferences",schemaPath:"#/properties/approvedDifferences/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err168];
}
else {
vErrors.push(err168);
}
errors++;
}
}
}
else {
const err169 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err169];
}
else {
vErrors.push(err169);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}
