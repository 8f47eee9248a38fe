// Generated from schema/config.json by scripts/update-config-validator.mjs.

export const validate = validate10;

const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://cdb-lint.dev/schema/config.json","type":"object","additionalProperties":false,"properties":{"$schema":{"type":"string"},"kubernetesVersion":{"$ref":"#/definitions/kubernetesVersion"},"appliedBy":{"$ref":"#/definitions/appliedBy"},"profile":{"type":"string","pattern":"\\S"},"profiles":{"type":"object","additionalProperties":{"$ref":"#/definitions/profile"}},"thirdParty":{"type":"object","additionalProperties":false,"properties":{"paths":{"type":"array","items":{"type":"string"}},"labels":{"type":"object","additionalProperties":{"type":"string"}},"profile":{"type":"string","pattern":"\\S"}}},"baseline":{"type":"string","pattern":"\\S"},"environments":{"type":"object","additionalProperties":{"type":"object","additionalProperties":false,"required":["root"],"properties":{"root":{"type":"string"},"requiredWorkloads":{"$ref":"#/definitions/names"},"kubernetesVersion":{"$ref":"#/definitions/kubernetesVersion"},"appliedBy":{"$ref":"#/definitions/appliedBy"},"production":{"type":"boolean"}}}},"ignore":{"type":"array","items":{"type":"string","pattern":"^[^#\\s]"}},"repositories":{"type":"array","items":{"type":"string"}},"flux":{"type":"object","additionalProperties":false,"properties":{"version":{"type":"string","pattern":"^2\\.[0-9]{1,3}(\\.[0-9]{1,3})?$"},"strictSubstitution":{"type":"boolean"}}},"requiredWorkloads":{"$ref":"#/definitions/names"},"provided":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["kind","name"],"properties":{"apiVersion":{"type":"string"},"kind":{"type":"string"},"name":{"type":"string"},"namespace":{"type":"string"},"keys":{"type":"array","items":{"type":"string"}}}}},"privateRegistries":{"type":"array","items":{"type":"string","pattern":"^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._/-]+)?$"}},"argocd":{"type":"object","additionalProperties":false,"properties":{"clusters":{"type":"string"}}},"alternatives":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["paths","reason"],"properties":{"paths":{"type":"array","minItems":2,"items":{"type":"string"}},"reason":{"$ref":"#/definitions/reason"}}}},"promotion":{"type":"array","minItems":2,"items":{"type":"array","minItems":1,"items":{"type":"string"}}},"remotes":{"type":"object","additionalProperties":{"type":"string"}},"charts":{"type":"string","pattern":"\\S"},"sourceHosts":{"type":"array","items":{"type":"string","pattern":"\\S"}},"notJudged":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["reason"],"properties":{"remote":{"type":"string","pattern":"\\S"},"chart":{"type":"string","pattern":"\\S"},"plugin":{"type":"string","pattern":"\\S"},"reason":{"$ref":"#/definitions/reason"},"expires":{"$ref":"#/definitions/expires"},"owner":{"$ref":"#/definitions/owner"}},"oneOf":[{"required":["remote"]},{"required":["chart"]},{"required":["plugin"]}]}},"schemas":{"type":"array","items":{"type":"string"}},"inlineSuppressions":{"enum":["allowed","forbidden"]},"requireSchemas":{"type":"boolean"},"looseSchemas":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["kind","reason"],"properties":{"kind":{"type":"string"},"apiVersion":{"type":"string"},"reason":{"$ref":"#/definitions/reason"}}}},"rules":{"$ref":"#/definitions/rules"},"exclusions":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["rule","reason"],"properties":{"rule":{"type":"string"},"file":{"type":"string"},"object":{"type":"string","pattern":"^[^/]+(/[^/]+)?$"},"environment":{"type":"string"},"reason":{"$ref":"#/definitions/reason"},"expires":{"$ref":"#/definitions/expires"},"owner":{"$ref":"#/definitions/owner"}},"anyOf":[{"required":["file"]},{"required":["object"]},{"required":["environment"]}]}},"acknowledged":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["rule","digest","reason","expires"],"properties":{"rule":{"type":"string","pattern":"\\S"},"digest":{"type":"string","pattern":"^[0-9a-f]{12}$"},"object":{"type":"string","pattern":"^[^/]+/[^/]+$"},"clusters":{"type":"array","items":{"type":"string"}},"reason":{"$ref":"#/definitions/reason"},"expires":{"$ref":"#/definitions/expires"},"owner":{"$ref":"#/definitions/owner"}}}},"acknowledgeBy":{"type":"array","items":{"enum":["configuration","trailer"]}},"approvedDifferences":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["property","reason"],"properties":{"property":{"type":"string","pattern":"\\S"},"service":{"type":"string"},"environment":{"type":"string"},"reason":{"$ref":"#/definitions/reason"},"expires":{"$ref":"#/definitions/expires"},"owner":{"$ref":"#/definitions/owner"}}}}},"definitions":{"rules":{"type":"object","additionalProperties":{"if":{"type":"object"},"then":{"type":"object","additionalProperties":false,"properties":{"severity":{"$ref":"#/definitions/severity"},"parameters":{"type":"object"}}},"else":{"$ref":"#/definitions/severity"}}},"profile":{"type":"object","additionalProperties":false,"properties":{"extends":{"type":"array","items":{"type":"string","pattern":"\\S"}},"atMost":{"enum":["error","warning","note"]},"rules":{"$ref":"#/definitions/rules"}}},"names":{"type":"array","items":{"type":"string","pattern":"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"}},"severity":{"enum":["error","warning","note","off"]},"kubernetesVersion":{"enum":["1.29","1.30","1.31","1.32","1.33","1.34","1.35","1.36","1.37"]},"appliedBy":{"enum":["create","server-side-apply","client-side-apply"]},"reason":{"type":"string","pattern":"\\S"},"expires":{"type":"string","pattern":"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"},"owner":{"type":"string","pattern":"\\S"}}};
const schema12 = {"enum":["1.29","1.30","1.31","1.32","1.33","1.34","1.35","1.36","1.37"]};
const schema13 = {"enum":["create","server-side-apply","client-side-apply"]};
const schema18 = {"type":"array","items":{"type":"string","pattern":"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"}};
const schema22 = {"type":"string","pattern":"\\S"};
const schema24 = {"type":"string","pattern":"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"};
const schema25 = {"type":"string","pattern":"\\S"};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("\\S", "u");
const pattern4 = new RegExp("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$", "u");
const pattern5 = new RegExp("^[^#\\s]", "u");
const pattern6 = new RegExp("^2\\.[0-9]{1,3}(\\.[0-9]{1,3})?$", "u");
const pattern8 = new RegExp("^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._/-]+)?$", "u");
const pattern16 = new RegExp("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$", "u");
const pattern19 = new RegExp("^[^/]+(/[^/]+)?$", "u");
const pattern24 = new RegExp("^[0-9a-f]{12}$", "u");
const pattern25 = new RegExp("^[^/]+/[^/]+$", "u");
const schema14 = {"type":"object","additionalProperties":false,"properties":{"extends":{"type":"array","items":{"type":"string","pattern":"\\S"}},"atMost":{"enum":["error","warning","note"]},"rules":{"$ref":"#/definitions/rules"}}};
const schema15 = {"type":"object","additionalProperties":{"if":{"type":"object"},"then":{"type":"object","additionalProperties":false,"properties":{"severity":{"$ref":"#/definitions/severity"},"parameters":{"type":"object"}}},"else":{"$ref":"#/definitions/severity"}}};
const schema16 = {"enum":["error","warning","note","off"]};

function validate12(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
let data0 = data[key0];
const _errs3 = errors;
let valid1 = true;
const _errs4 = errors;
if(!(data0 && typeof data0 == "object" && !Array.isArray(data0))){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var _valid0 = _errs4 === errors;
errors = _errs3;
if(vErrors !== null){
if(_errs3){
vErrors.length = _errs3;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs6 = errors;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(!((key1 === "severity") || (key1 === "parameters"))){
const err1 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/then/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data0.severity !== undefined){
let data1 = data0.severity;
if(!((((data1 === "error") || (data1 === "warning")) || (data1 === "note")) || (data1 === "off"))){
const err2 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/severity",schemaPath:"#/definitions/severity/enum",keyword:"enum",params:{allowedValues: schema16.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data0.parameters !== undefined){
let data2 = data0.parameters;
if(!(data2 && typeof data2 == "object" && !Array.isArray(data2))){
const err3 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/parameters",schemaPath:"#/additionalProperties/then/properties/parameters/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/then/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
var _valid0 = _errs6 === errors;
valid1 = _valid0;
ifClause0 = "then";
}
else {
const _errs13 = errors;
if(!((((data0 === "error") || (data0 === "warning")) || (data0 === "note")) || (data0 === "off"))){
const err5 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/severity/enum",keyword:"enum",params:{allowedValues: schema16.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid0 = _errs13 === errors;
valid1 = _valid0;
ifClause0 = "else";
}
if(!valid1){
const err6 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate12.errors = vErrors;
return errors === 0;
}


function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "extends") || (key0 === "atMost")) || (key0 === "rules"))){
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
if(data.extends !== undefined){
let data0 = data.extends;
if(Array.isArray(data0)){
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(!pattern0.test(data1)){
const err1 = {instancePath:instancePath+"/extends/" + i0,schemaPath:"#/properties/extends/items/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/extends/" + i0,schemaPath:"#/properties/extends/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath:instancePath+"/extends",schemaPath:"#/properties/extends/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.atMost !== undefined){
let data2 = data.atMost;
if(!(((data2 === "error") || (data2 === "warning")) || (data2 === "note"))){
const err4 = {instancePath:instancePath+"/atMost",schemaPath:"#/properties/atMost/enum",keyword:"enum",params:{allowedValues: schema14.properties.atMost.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.rules !== undefined){
if(!(validate12(data.rules, {instancePath:instancePath+"/rules",parentData:data,parentDataProperty:"rules",rootData}))){
vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate11.errors = vErrors;
return errors === 0;
}


function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://cdb-lint.dev/schema/config.json" */;
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
if(typeof data3 === "string"){
if(!pattern0.test(data3)){
const err4 = {instancePath:instancePath+"/profile",schemaPath:"#/properties/profile/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/profile",schemaPath:"#/properties/profile/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.profiles !== undefined){
let data4 = data.profiles;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key1 in data4){
if(!(validate11(data4[key1], {instancePath:instancePath+"/profiles/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data4,parentDataProperty:key1,rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath:instancePath+"/profiles",schemaPath:"#/properties/profiles/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.thirdParty !== undefined){
let data6 = data.thirdParty;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key2 in data6){
if(!(((key2 === "paths") || (key2 === "labels")) || (key2 === "profile"))){
const err7 = {instancePath:instancePath+"/thirdParty",schemaPath:"#/properties/thirdParty/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data6.paths !== undefined){
let data7 = data6.paths;
if(Array.isArray(data7)){
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
if(typeof data7[i0] !== "string"){
const err8 = {instancePath:instancePath+"/thirdParty/paths/" + i0,schemaPath:"#/properties/thirdParty/properties/paths/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath:instancePath+"/thirdParty/paths",schemaPath:"#/properties/thirdParty/properties/paths/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data6.labels !== undefined){
let data9 = data6.labels;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key3 in data9){
if(typeof data9[key3] !== "string"){
const err10 = {instancePath:instancePath+"/thirdParty/labels/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/thirdParty/properties/labels/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath:instancePath+"/thirdParty/labels",schemaPath:"#/properties/thirdParty/properties/labels/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data6.profile !== undefined){
let data11 = data6.profile;
if(typeof data11 === "string"){
if(!pattern0.test(data11)){
const err12 = {instancePath:instancePath+"/thirdParty/profile",schemaPath:"#/properties/thirdParty/properties/profile/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/thirdParty/profile",schemaPath:"#/properties/thirdParty/properties/profile/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/thirdParty",schemaPath:"#/properties/thirdParty/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.baseline !== undefined){
let data12 = data.baseline;
if(typeof data12 === "string"){
if(!pattern0.test(data12)){
const err15 = {instancePath:instancePath+"/baseline",schemaPath:"#/properties/baseline/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/baseline",schemaPath:"#/properties/baseline/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.environments !== undefined){
let data13 = data.environments;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key4 in data13){
let data14 = data13[key4];
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if(data14.root === undefined){
const err17 = {instancePath:instancePath+"/environments/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/environments/additionalProperties/required",keyword:"required",params:{missingProperty: "root"},message:"must have required property '"+"root"+"'"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
for(const key5 in data14){
if(!(((((key5 === "root") || (key5 === "requiredWorkloads")) || (key5 === "kubernetesVersion")) || (key5 === "appliedBy")) || (key5 === "production"))){
const err18 = {instancePath:instancePath+"/environments/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/environments/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data14.root !== undefined){
if(typeof data14.root !== "string"){
const err19 = {instancePath:instancePath+"/environments/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/root",schemaPath:"#/properties/environments/additionalProperties/properties/root/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data14.requiredWorkloads !== undefined){
let data16 = data14.requiredWorkloads;
if(Array.isArray(data16)){
const len1 = data16.length;
for(let i1=0; i1<len1; i1++){
let data17 = data16[i1];
if(typeof data17 === "string"){
if(!pattern4.test(data17)){
const err20 = {instancePath:instancePath+"/environments/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/requiredWorkloads/" + i1,schemaPath:"#/definitions/names/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/environments/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/requiredWorkloads/" + i1,schemaPath:"#/definitions/names/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err22 = {instancePath:instancePath+"/environments/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/requiredWorkloads",schemaPath:"#/definitions/names/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data14.kubernetesVersion !== undefined){
let data18 = data14.kubernetesVersion;
if(!(((((((((data18 === "1.29") || (data18 === "1.30")) || (data18 === "1.31")) || (data18 === "1.32")) || (data18 === "1.33")) || (data18 === "1.34")) || (data18 === "1.35")) || (data18 === "1.36")) || (data18 === "1.37"))){
const err23 = {instancePath:instancePath+"/environments/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/kubernetesVersion",schemaPath:"#/definitions/kubernetesVersion/enum",keyword:"enum",params:{allowedValues: schema12.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data14.appliedBy !== undefined){
let data19 = data14.appliedBy;
if(!(((data19 === "create") || (data19 === "server-side-apply")) || (data19 === "client-side-apply"))){
const err24 = {instancePath:instancePath+"/environments/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/appliedBy",schemaPath:"#/definitions/appliedBy/enum",keyword:"enum",params:{allowedValues: schema13.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data14.production !== undefined){
if(typeof data14.production !== "boolean"){
const err25 = {instancePath:instancePath+"/environments/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/production",schemaPath:"#/properties/environments/additionalProperties/properties/production/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath:instancePath+"/environments/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/environments/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object"};
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
const err27 = {instancePath:instancePath+"/environments",schemaPath:"#/properties/environments/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.ignore !== undefined){
let data21 = data.ignore;
if(Array.isArray(data21)){
const len2 = data21.length;
for(let i2=0; i2<len2; i2++){
let data22 = data21[i2];
if(typeof data22 === "string"){
if(!pattern5.test(data22)){
const err28 = {instancePath:instancePath+"/ignore/" + i2,schemaPath:"#/properties/ignore/items/pattern",keyword:"pattern",params:{pattern: "^[^#\\s]"},message:"must match pattern \""+"^[^#\\s]"+"\""};
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
const err29 = {instancePath:instancePath+"/ignore/" + i2,schemaPath:"#/properties/ignore/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err30 = {instancePath:instancePath+"/ignore",schemaPath:"#/properties/ignore/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.repositories !== undefined){
let data23 = data.repositories;
if(Array.isArray(data23)){
const len3 = data23.length;
for(let i3=0; i3<len3; i3++){
if(typeof data23[i3] !== "string"){
const err31 = {instancePath:instancePath+"/repositories/" + i3,schemaPath:"#/properties/repositories/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath:instancePath+"/repositories",schemaPath:"#/properties/repositories/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data.flux !== undefined){
let data25 = data.flux;
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
for(const key6 in data25){
if(!((key6 === "version") || (key6 === "strictSubstitution"))){
const err33 = {instancePath:instancePath+"/flux",schemaPath:"#/properties/flux/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data25.version !== undefined){
let data26 = data25.version;
if(typeof data26 === "string"){
if(!pattern6.test(data26)){
const err34 = {instancePath:instancePath+"/flux/version",schemaPath:"#/properties/flux/properties/version/pattern",keyword:"pattern",params:{pattern: "^2\\.[0-9]{1,3}(\\.[0-9]{1,3})?$"},message:"must match pattern \""+"^2\\.[0-9]{1,3}(\\.[0-9]{1,3})?$"+"\""};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath:instancePath+"/flux/version",schemaPath:"#/properties/flux/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data25.strictSubstitution !== undefined){
if(typeof data25.strictSubstitution !== "boolean"){
const err36 = {instancePath:instancePath+"/flux/strictSubstitution",schemaPath:"#/properties/flux/properties/strictSubstitution/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath:instancePath+"/flux",schemaPath:"#/properties/flux/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.requiredWorkloads !== undefined){
let data28 = data.requiredWorkloads;
if(Array.isArray(data28)){
const len4 = data28.length;
for(let i4=0; i4<len4; i4++){
let data29 = data28[i4];
if(typeof data29 === "string"){
if(!pattern4.test(data29)){
const err38 = {instancePath:instancePath+"/requiredWorkloads/" + i4,schemaPath:"#/definitions/names/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"+"\""};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
else {
const err39 = {instancePath:instancePath+"/requiredWorkloads/" + i4,schemaPath:"#/definitions/names/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err40 = {instancePath:instancePath+"/requiredWorkloads",schemaPath:"#/definitions/names/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data.provided !== undefined){
let data30 = data.provided;
if(Array.isArray(data30)){
const len5 = data30.length;
for(let i5=0; i5<len5; i5++){
let data31 = data30[i5];
if(data31 && typeof data31 == "object" && !Array.isArray(data31)){
if(data31.kind === undefined){
const err41 = {instancePath:instancePath+"/provided/" + i5,schemaPath:"#/properties/provided/items/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
if(data31.name === undefined){
const err42 = {instancePath:instancePath+"/provided/" + i5,schemaPath:"#/properties/provided/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
for(const key7 in data31){
if(!(((((key7 === "apiVersion") || (key7 === "kind")) || (key7 === "name")) || (key7 === "namespace")) || (key7 === "keys"))){
const err43 = {instancePath:instancePath+"/provided/" + i5,schemaPath:"#/properties/provided/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data31.apiVersion !== undefined){
if(typeof data31.apiVersion !== "string"){
const err44 = {instancePath:instancePath+"/provided/" + i5+"/apiVersion",schemaPath:"#/properties/provided/items/properties/apiVersion/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data31.kind !== undefined){
if(typeof data31.kind !== "string"){
const err45 = {instancePath:instancePath+"/provided/" + i5+"/kind",schemaPath:"#/properties/provided/items/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data31.name !== undefined){
if(typeof data31.name !== "string"){
const err46 = {instancePath:instancePath+"/provided/" + i5+"/name",schemaPath:"#/properties/provided/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data31.namespace !== undefined){
if(typeof data31.namespace !== "string"){
const err47 = {instancePath:instancePath+"/provided/" + i5+"/namespace",schemaPath:"#/properties/provided/items/properties/namespace/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data31.keys !== undefined){
let data36 = data31.keys;
if(Array.isArray(data36)){
const len6 = data36.length;
for(let i6=0; i6<len6; i6++){
if(typeof data36[i6] !== "string"){
const err48 = {instancePath:instancePath+"/provided/" + i5+"/keys/" + i6,schemaPath:"#/properties/provided/items/properties/keys/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
else {
const err49 = {instancePath:instancePath+"/provided/" + i5+"/keys",schemaPath:"#/properties/provided/items/properties/keys/type",keyword:"type",params:{type: "array"},message:"must be array"};
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
const err50 = {instancePath:instancePath+"/provided/" + i5,schemaPath:"#/properties/provided/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
else {
const err51 = {instancePath:instancePath+"/provided",schemaPath:"#/properties/provided/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data.privateRegistries !== undefined){
let data38 = data.privateRegistries;
if(Array.isArray(data38)){
const len7 = data38.length;
for(let i7=0; i7<len7; i7++){
let data39 = data38[i7];
if(typeof data39 === "string"){
if(!pattern8.test(data39)){
const err52 = {instancePath:instancePath+"/privateRegistries/" + i7,schemaPath:"#/properties/privateRegistries/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._/-]+)?$"},message:"must match pattern \""+"^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._/-]+)?$"+"\""};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
else {
const err53 = {instancePath:instancePath+"/privateRegistries/" + i7,schemaPath:"#/properties/privateRegistries/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err54 = {instancePath:instancePath+"/privateRegistries",schemaPath:"#/properties/privateRegistries/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data.argocd !== undefined){
let data40 = data.argocd;
if(data40 && typeof data40 == "object" && !Array.isArray(data40)){
for(const key8 in data40){
if(!(key8 === "clusters")){
const err55 = {instancePath:instancePath+"/argocd",schemaPath:"#/properties/argocd/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data40.clusters !== undefined){
if(typeof data40.clusters !== "string"){
const err56 = {instancePath:instancePath+"/argocd/clusters",schemaPath:"#/properties/argocd/properties/clusters/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err57 = {instancePath:instancePath+"/argocd",schemaPath:"#/properties/argocd/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data.alternatives !== undefined){
let data42 = data.alternatives;
if(Array.isArray(data42)){
const len8 = data42.length;
for(let i8=0; i8<len8; i8++){
let data43 = data42[i8];
if(data43 && typeof data43 == "object" && !Array.isArray(data43)){
if(data43.paths === undefined){
const err58 = {instancePath:instancePath+"/alternatives/" + i8,schemaPath:"#/properties/alternatives/items/required",keyword:"required",params:{missingProperty: "paths"},message:"must have required property '"+"paths"+"'"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
if(data43.reason === undefined){
const err59 = {instancePath:instancePath+"/alternatives/" + i8,schemaPath:"#/properties/alternatives/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
for(const key9 in data43){
if(!((key9 === "paths") || (key9 === "reason"))){
const err60 = {instancePath:instancePath+"/alternatives/" + i8,schemaPath:"#/properties/alternatives/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
if(data43.paths !== undefined){
let data44 = data43.paths;
if(Array.isArray(data44)){
if(data44.length < 2){
const err61 = {instancePath:instancePath+"/alternatives/" + i8+"/paths",schemaPath:"#/properties/alternatives/items/properties/paths/minItems",keyword:"minItems",params:{limit: 2},message:"must NOT have fewer than 2 items"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
const len9 = data44.length;
for(let i9=0; i9<len9; i9++){
if(typeof data44[i9] !== "string"){
const err62 = {instancePath:instancePath+"/alternatives/" + i8+"/paths/" + i9,schemaPath:"#/properties/alternatives/items/properties/paths/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
}
else {
const err63 = {instancePath:instancePath+"/alternatives/" + i8+"/paths",schemaPath:"#/properties/alternatives/items/properties/paths/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
if(data43.reason !== undefined){
let data46 = data43.reason;
if(typeof data46 === "string"){
if(!pattern0.test(data46)){
const err64 = {instancePath:instancePath+"/alternatives/" + i8+"/reason",schemaPath:"#/definitions/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
else {
const err65 = {instancePath:instancePath+"/alternatives/" + i8+"/reason",schemaPath:"#/definitions/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
}
else {
const err66 = {instancePath:instancePath+"/alternatives/" + i8,schemaPath:"#/properties/alternatives/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
}
else {
const err67 = {instancePath:instancePath+"/alternatives",schemaPath:"#/properties/alternatives/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
if(data.promotion !== undefined){
let data47 = data.promotion;
if(Array.isArray(data47)){
if(data47.length < 2){
const err68 = {instancePath:instancePath+"/promotion",schemaPath:"#/properties/promotion/minItems",keyword:"minItems",params:{limit: 2},message:"must NOT have fewer than 2 items"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
const len10 = data47.length;
for(let i10=0; i10<len10; i10++){
let data48 = data47[i10];
if(Array.isArray(data48)){
if(data48.length < 1){
const err69 = {instancePath:instancePath+"/promotion/" + i10,schemaPath:"#/properties/promotion/items/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
const len11 = data48.length;
for(let i11=0; i11<len11; i11++){
if(typeof data48[i11] !== "string"){
const err70 = {instancePath:instancePath+"/promotion/" + i10+"/" + i11,schemaPath:"#/properties/promotion/items/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
}
else {
const err71 = {instancePath:instancePath+"/promotion/" + i10,schemaPath:"#/properties/promotion/items/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
}
else {
const err72 = {instancePath:instancePath+"/promotion",schemaPath:"#/properties/promotion/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data.remotes !== undefined){
let data50 = data.remotes;
if(data50 && typeof data50 == "object" && !Array.isArray(data50)){
for(const key10 in data50){
if(typeof data50[key10] !== "string"){
const err73 = {instancePath:instancePath+"/remotes/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/remotes/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
}
else {
const err74 = {instancePath:instancePath+"/remotes",schemaPath:"#/properties/remotes/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
if(data.charts !== undefined){
let data52 = data.charts;
if(typeof data52 === "string"){
if(!pattern0.test(data52)){
const err75 = {instancePath:instancePath+"/charts",schemaPath:"#/properties/charts/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
else {
const err76 = {instancePath:instancePath+"/charts",schemaPath:"#/properties/charts/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
if(data.sourceHosts !== undefined){
let data53 = data.sourceHosts;
if(Array.isArray(data53)){
const len12 = data53.length;
for(let i12=0; i12<len12; i12++){
let data54 = data53[i12];
if(typeof data54 === "string"){
if(!pattern0.test(data54)){
const err77 = {instancePath:instancePath+"/sourceHosts/" + i12,schemaPath:"#/properties/sourceHosts/items/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
else {
const err78 = {instancePath:instancePath+"/sourceHosts/" + i12,schemaPath:"#/properties/sourceHosts/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
}
else {
const err79 = {instancePath:instancePath+"/sourceHosts",schemaPath:"#/properties/sourceHosts/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data.notJudged !== undefined){
let data55 = data.notJudged;
if(Array.isArray(data55)){
const len13 = data55.length;
for(let i13=0; i13<len13; i13++){
let data56 = data55[i13];
const _errs128 = errors;
let valid46 = false;
let passing0 = null;
const _errs129 = errors;
if(data56 && typeof data56 == "object" && !Array.isArray(data56)){
if(data56.remote === undefined){
const err80 = {instancePath:instancePath+"/notJudged/" + i13,schemaPath:"#/properties/notJudged/items/oneOf/0/required",keyword:"required",params:{missingProperty: "remote"},message:"must have required property '"+"remote"+"'"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
var _valid0 = _errs129 === errors;
if(_valid0){
valid46 = true;
passing0 = 0;
}
const _errs130 = errors;
if(data56 && typeof data56 == "object" && !Array.isArray(data56)){
if(data56.chart === undefined){
const err81 = {instancePath:instancePath+"/notJudged/" + i13,schemaPath:"#/properties/notJudged/items/oneOf/1/required",keyword:"required",params:{missingProperty: "chart"},message:"must have required property '"+"chart"+"'"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
var _valid0 = _errs130 === errors;
if(_valid0 && valid46){
valid46 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid46 = true;
passing0 = 1;
}
const _errs131 = errors;
if(data56 && typeof data56 == "object" && !Array.isArray(data56)){
if(data56.plugin === undefined){
const err82 = {instancePath:instancePath+"/notJudged/" + i13,schemaPath:"#/properties/notJudged/items/oneOf/2/required",keyword:"required",params:{missingProperty: "plugin"},message:"must have required property '"+"plugin"+"'"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
var _valid0 = _errs131 === errors;
if(_valid0 && valid46){
valid46 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid46 = true;
passing0 = 2;
}
}
}
if(!valid46){
const err83 = {instancePath:instancePath+"/notJudged/" + i13,schemaPath:"#/properties/notJudged/items/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
else {
errors = _errs128;
if(vErrors !== null){
if(_errs128){
vErrors.length = _errs128;
}
else {
vErrors = null;
}
}
}
if(data56 && typeof data56 == "object" && !Array.isArray(data56)){
if(data56.reason === undefined){
const err84 = {instancePath:instancePath+"/notJudged/" + i13,schemaPath:"#/properties/notJudged/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
for(const key11 in data56){
if(!((((((key11 === "remote") || (key11 === "chart")) || (key11 === "plugin")) || (key11 === "reason")) || (key11 === "expires")) || (key11 === "owner"))){
const err85 = {instancePath:instancePath+"/notJudged/" + i13,schemaPath:"#/properties/notJudged/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
if(data56.remote !== undefined){
let data57 = data56.remote;
if(typeof data57 === "string"){
if(!pattern0.test(data57)){
const err86 = {instancePath:instancePath+"/notJudged/" + i13+"/remote",schemaPath:"#/properties/notJudged/items/properties/remote/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
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
const err87 = {instancePath:instancePath+"/notJudged/" + i13+"/remote",schemaPath:"#/properties/notJudged/items/properties/remote/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
if(data56.chart !== undefined){
let data58 = data56.chart;
if(typeof data58 === "string"){
if(!pattern0.test(data58)){
const err88 = {instancePath:instancePath+"/notJudged/" + i13+"/chart",schemaPath:"#/properties/notJudged/items/properties/chart/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
else {
const err89 = {instancePath:instancePath+"/notJudged/" + i13+"/chart",schemaPath:"#/properties/notJudged/items/properties/chart/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
if(data56.plugin !== undefined){
let data59 = data56.plugin;
if(typeof data59 === "string"){
if(!pattern0.test(data59)){
const err90 = {instancePath:instancePath+"/notJudged/" + i13+"/plugin",schemaPath:"#/properties/notJudged/items/properties/plugin/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
else {
const err91 = {instancePath:instancePath+"/notJudged/" + i13+"/plugin",schemaPath:"#/properties/notJudged/items/properties/plugin/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
if(data56.reason !== undefined){
let data60 = data56.reason;
if(typeof data60 === "string"){
if(!pattern0.test(data60)){
const err92 = {instancePath:instancePath+"/notJudged/" + i13+"/reason",schemaPath:"#/definitions/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
else {
const err93 = {instancePath:instancePath+"/notJudged/" + i13+"/reason",schemaPath:"#/definitions/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
if(data56.expires !== undefined){
let data61 = data56.expires;
if(typeof data61 === "string"){
if(!pattern16.test(data61)){
const err94 = {instancePath:instancePath+"/notJudged/" + i13+"/expires",schemaPath:"#/definitions/expires/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"},message:"must match pattern \""+"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"+"\""};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
else {
const err95 = {instancePath:instancePath+"/notJudged/" + i13+"/expires",schemaPath:"#/definitions/expires/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
if(data56.owner !== undefined){
let data62 = data56.owner;
if(typeof data62 === "string"){
if(!pattern0.test(data62)){
const err96 = {instancePath:instancePath+"/notJudged/" + i13+"/owner",schemaPath:"#/definitions/owner/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
else {
const err97 = {instancePath:instancePath+"/notJudged/" + i13+"/owner",schemaPath:"#/definitions/owner/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
}
else {
const err98 = {instancePath:instancePath+"/notJudged/" + i13,schemaPath:"#/properties/notJudged/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
}
else {
const err99 = {instancePath:instancePath+"/notJudged",schemaPath:"#/properties/notJudged/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
if(data.schemas !== undefined){
let data63 = data.schemas;
if(Array.isArray(data63)){
const len14 = data63.length;
for(let i14=0; i14<len14; i14++){
if(typeof data63[i14] !== "string"){
const err100 = {instancePath:instancePath+"/schemas/" + i14,schemaPath:"#/properties/schemas/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err101 = {instancePath:instancePath+"/schemas",schemaPath:"#/properties/schemas/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
if(data.inlineSuppressions !== undefined){
let data65 = data.inlineSuppressions;
if(!((data65 === "allowed") || (data65 === "forbidden"))){
const err102 = {instancePath:instancePath+"/inlineSuppressions",schemaPath:"#/properties/inlineSuppressions/enum",keyword:"enum",params:{allowedValues: schema11.properties.inlineSuppressions.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
if(data.requireSchemas !== undefined){
if(typeof data.requireSchemas !== "boolean"){
const err103 = {instancePath:instancePath+"/requireSchemas",schemaPath:"#/properties/requireSchemas/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
if(data.looseSchemas !== undefined){
let data67 = data.looseSchemas;
if(Array.isArray(data67)){
const len15 = data67.length;
for(let i15=0; i15<len15; i15++){
let data68 = data67[i15];
if(data68 && typeof data68 == "object" && !Array.isArray(data68)){
if(data68.kind === undefined){
const err104 = {instancePath:instancePath+"/looseSchemas/" + i15,schemaPath:"#/properties/looseSchemas/items/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'"};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
if(data68.reason === undefined){
const err105 = {instancePath:instancePath+"/looseSchemas/" + i15,schemaPath:"#/properties/looseSchemas/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
for(const key12 in data68){
if(!(((key12 === "kind") || (key12 === "apiVersion")) || (key12 === "reason"))){
const err106 = {instancePath:instancePath+"/looseSchemas/" + i15,schemaPath:"#/properties/looseSchemas/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
if(data68.kind !== undefined){
if(typeof data68.kind !== "string"){
const err107 = {instancePath:instancePath+"/looseSchemas/" + i15+"/kind",schemaPath:"#/properties/looseSchemas/items/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
if(data68.apiVersion !== undefined){
if(typeof data68.apiVersion !== "string"){
const err108 = {instancePath:instancePath+"/looseSchemas/" + i15+"/apiVersion",schemaPath:"#/properties/looseSchemas/items/properties/apiVersion/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
if(data68.reason !== undefined){
let data71 = data68.reason;
if(typeof data71 === "string"){
if(!pattern0.test(data71)){
const err109 = {instancePath:instancePath+"/looseSchemas/" + i15+"/reason",schemaPath:"#/definitions/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
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
const err110 = {instancePath:instancePath+"/looseSchemas/" + i15+"/reason",schemaPath:"#/definitions/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
}
else {
const err111 = {instancePath:instancePath+"/looseSchemas/" + i15,schemaPath:"#/properties/looseSchemas/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
}
else {
const err112 = {instancePath:instancePath+"/looseSchemas",schemaPath:"#/properties/looseSchemas/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
if(data.rules !== undefined){
if(!(validate12(data.rules, {instancePath:instancePath+"/rules",parentData:data,parentDataProperty:"rules",rootData}))){
vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
errors = vErrors.length;
}
}
if(data.exclusions !== undefined){
let data73 = data.exclusions;
if(Array.isArray(data73)){
const len16 = data73.length;
for(let i16=0; i16<len16; i16++){
let data74 = data73[i16];
const _errs172 = errors;
let valid59 = false;
const _errs173 = errors;
if(data74 && typeof data74 == "object" && !Array.isArray(data74)){
if(data74.file === undefined){
const err113 = {instancePath:instancePath+"/exclusions/" + i16,schemaPath:"#/properties/exclusions/items/anyOf/0/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
var _valid1 = _errs173 === errors;
valid59 = valid59 || _valid1;
if(!valid59){
const _errs174 = errors;
if(data74 && typeof data74 == "object" && !Array.isArray(data74)){
if(data74.object === undefined){
const err114 = {instancePath:instancePath+"/exclusions/" + i16,schemaPath:"#/properties/exclusions/items/anyOf/1/required",keyword:"required",params:{missingProperty: "object"},message:"must have required property '"+"object"+"'"};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
var _valid1 = _errs174 === errors;
valid59 = valid59 || _valid1;
if(!valid59){
const _errs175 = errors;
if(data74 && typeof data74 == "object" && !Array.isArray(data74)){
if(data74.environment === undefined){
const err115 = {instancePath:instancePath+"/exclusions/" + i16,schemaPath:"#/properties/exclusions/items/anyOf/2/required",keyword:"required",params:{missingProperty: "environment"},message:"must have required property '"+"environment"+"'"};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
var _valid1 = _errs175 === errors;
valid59 = valid59 || _valid1;
}
}
if(!valid59){
const err116 = {instancePath:instancePath+"/exclusions/" + i16,schemaPath:"#/properties/exclusions/items/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
else {
errors = _errs172;
if(vErrors !== null){
if(_errs172){
vErrors.length = _errs172;
}
else {
vErrors = null;
}
}
}
if(data74 && typeof data74 == "object" && !Array.isArray(data74)){
if(data74.rule === undefined){
const err117 = {instancePath:instancePath+"/exclusions/" + i16,schemaPath:"#/properties/exclusions/items/required",keyword:"required",params:{missingProperty: "rule"},message:"must have required property '"+"rule"+"'"};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
if(data74.reason === undefined){
const err118 = {instancePath:instancePath+"/exclusions/" + i16,schemaPath:"#/properties/exclusions/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
for(const key13 in data74){
if(!(((((((key13 === "rule") || (key13 === "file")) || (key13 === "object")) || (key13 === "environment")) || (key13 === "reason")) || (key13 === "expires")) || (key13 === "owner"))){
const err119 = {instancePath:instancePath+"/exclusions/" + i16,schemaPath:"#/properties/exclusions/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key13},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
if(data74.rule !== undefined){
if(typeof data74.rule !== "string"){
const err120 = {instancePath:instancePath+"/exclusions/" + i16+"/rule",schemaPath:"#/properties/exclusions/items/properties/rule/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
if(data74.file !== undefined){
if(typeof data74.file !== "string"){
const err121 = {instancePath:instancePath+"/exclusions/" + i16+"/file",schemaPath:"#/properties/exclusions/items/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
}
if(data74.object !== undefined){
let data77 = data74.object;
if(typeof data77 === "string"){
if(!pattern19.test(data77)){
const err122 = {instancePath:instancePath+"/exclusions/" + i16+"/object",schemaPath:"#/properties/exclusions/items/properties/object/pattern",keyword:"pattern",params:{pattern: "^[^/]+(/[^/]+)?$"},message:"must match pattern \""+"^[^/]+(/[^/]+)?$"+"\""};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
else {
const err123 = {instancePath:instancePath+"/exclusions/" + i16+"/object",schemaPath:"#/properties/exclusions/items/properties/object/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
if(data74.environment !== undefined){
if(typeof data74.environment !== "string"){
const err124 = {instancePath:instancePath+"/exclusions/" + i16+"/environment",schemaPath:"#/properties/exclusions/items/properties/environment/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
if(data74.reason !== undefined){
let data79 = data74.reason;
if(typeof data79 === "string"){
if(!pattern0.test(data79)){
const err125 = {instancePath:instancePath+"/exclusions/" + i16+"/reason",schemaPath:"#/definitions/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
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
const err126 = {instancePath:instancePath+"/exclusions/" + i16+"/reason",schemaPath:"#/definitions/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
if(data74.expires !== undefined){
let data80 = data74.expires;
if(typeof data80 === "string"){
if(!pattern16.test(data80)){
const err127 = {instancePath:instancePath+"/exclusions/" + i16+"/expires",schemaPath:"#/definitions/expires/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"},message:"must match pattern \""+"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"+"\""};
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
const err128 = {instancePath:instancePath+"/exclusions/" + i16+"/expires",schemaPath:"#/definitions/expires/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
}
if(data74.owner !== undefined){
let data81 = data74.owner;
if(typeof data81 === "string"){
if(!pattern0.test(data81)){
const err129 = {instancePath:instancePath+"/exclusions/" + i16+"/owner",schemaPath:"#/definitions/owner/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
}
else {
const err130 = {instancePath:instancePath+"/exclusions/" + i16+"/owner",schemaPath:"#/definitions/owner/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err131 = {instancePath:instancePath+"/exclusions/" + i16,schemaPath:"#/properties/exclusions/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
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
const err132 = {instancePath:instancePath+"/exclusions",schemaPath:"#/properties/exclusions/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
}
if(data.acknowledged !== undefined){
let data82 = data.acknowledged;
if(Array.isArray(data82)){
const len17 = data82.length;
for(let i17=0; i17<len17; i17++){
let data83 = data82[i17];
if(data83 && typeof data83 == "object" && !Array.isArray(data83)){
if(data83.rule === undefined){
const err133 = {instancePath:instancePath+"/acknowledged/" + i17,schemaPath:"#/properties/acknowledged/items/required",keyword:"required",params:{missingProperty: "rule"},message:"must have required property '"+"rule"+"'"};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
if(data83.digest === undefined){
const err134 = {instancePath:instancePath+"/acknowledged/" + i17,schemaPath:"#/properties/acknowledged/items/required",keyword:"required",params:{missingProperty: "digest"},message:"must have required property '"+"digest"+"'"};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
if(data83.reason === undefined){
const err135 = {instancePath:instancePath+"/acknowledged/" + i17,schemaPath:"#/properties/acknowledged/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
if(data83.expires === undefined){
const err136 = {instancePath:instancePath+"/acknowledged/" + i17,schemaPath:"#/properties/acknowledged/items/required",keyword:"required",params:{missingProperty: "expires"},message:"must have required property '"+"expires"+"'"};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
for(const key14 in data83){
if(!(((((((key14 === "rule") || (key14 === "digest")) || (key14 === "object")) || (key14 === "clusters")) || (key14 === "reason")) || (key14 === "expires")) || (key14 === "owner"))){
const err137 = {instancePath:instancePath+"/acknowledged/" + i17,schemaPath:"#/properties/acknowledged/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key14},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
}
if(data83.rule !== undefined){
let data84 = data83.rule;
if(typeof data84 === "string"){
if(!pattern0.test(data84)){
const err138 = {instancePath:instancePath+"/acknowledged/" + i17+"/rule",schemaPath:"#/properties/acknowledged/items/properties/rule/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
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
const err139 = {instancePath:instancePath+"/acknowledged/" + i17+"/rule",schemaPath:"#/properties/acknowledged/items/properties/rule/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
if(data83.digest !== undefined){
let data85 = data83.digest;
if(typeof data85 === "string"){
if(!pattern24.test(data85)){
const err140 = {instancePath:instancePath+"/acknowledged/" + i17+"/digest",schemaPath:"#/properties/acknowledged/items/properties/digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{12}$"},message:"must match pattern \""+"^[0-9a-f]{12}$"+"\""};
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
const err141 = {instancePath:instancePath+"/acknowledged/" + i17+"/digest",schemaPath:"#/properties/acknowledged/items/properties/digest/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
}
if(data83.object !== undefined){
let data86 = data83.object;
if(typeof data86 === "string"){
if(!pattern25.test(data86)){
const err142 = {instancePath:instancePath+"/acknowledged/" + i17+"/object",schemaPath:"#/properties/acknowledged/items/properties/object/pattern",keyword:"pattern",params:{pattern: "^[^/]+/[^/]+$"},message:"must match pattern \""+"^[^/]+/[^/]+$"+"\""};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
}
else {
const err143 = {instancePath:instancePath+"/acknowledged/" + i17+"/object",schemaPath:"#/properties/acknowledged/items/properties/object/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
}
if(data83.clusters !== undefined){
let data87 = data83.clusters;
if(Array.isArray(data87)){
const len18 = data87.length;
for(let i18=0; i18<len18; i18++){
if(typeof data87[i18] !== "string"){
const err144 = {instancePath:instancePath+"/acknowledged/" + i17+"/clusters/" + i18,schemaPath:"#/properties/acknowledged/items/properties/clusters/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
}
}
else {
const err145 = {instancePath:instancePath+"/acknowledged/" + i17+"/clusters",schemaPath:"#/properties/acknowledged/items/properties/clusters/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
}
if(data83.reason !== undefined){
let data89 = data83.reason;
if(typeof data89 === "string"){
if(!pattern0.test(data89)){
const err146 = {instancePath:instancePath+"/acknowledged/" + i17+"/reason",schemaPath:"#/definitions/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
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
const err147 = {instancePath:instancePath+"/acknowledged/" + i17+"/reason",schemaPath:"#/definitions/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
}
if(data83.expires !== undefined){
let data90 = data83.expires;
if(typeof data90 === "string"){
if(!pattern16.test(data90)){
const err148 = {instancePath:instancePath+"/acknowledged/" + i17+"/expires",schemaPath:"#/definitions/expires/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"},message:"must match pattern \""+"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"+"\""};
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
const err149 = {instancePath:instancePath+"/acknowledged/" + i17+"/expires",schemaPath:"#/definitions/expires/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
}
if(data83.owner !== undefined){
let data91 = data83.owner;
if(typeof data91 === "string"){
if(!pattern0.test(data91)){
const err150 = {instancePath:instancePath+"/acknowledged/" + i17+"/owner",schemaPath:"#/definitions/owner/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
}
else {
const err151 = {instancePath:instancePath+"/acknowledged/" + i17+"/owner",schemaPath:"#/definitions/owner/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
}
}
else {
const err152 = {instancePath:instancePath+"/acknowledged/" + i17,schemaPath:"#/properties/acknowledged/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
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
const err153 = {instancePath:instancePath+"/acknowledged",schemaPath:"#/properties/acknowledged/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
}
if(data.acknowledgeBy !== undefined){
let data92 = data.acknowledgeBy;
if(Array.isArray(data92)){
const len19 = data92.length;
for(let i19=0; i19<len19; i19++){
let data93 = data92[i19];
if(!((data93 === "configuration") || (data93 === "trailer"))){
const err154 = {instancePath:instancePath+"/acknowledgeBy/" + i19,schemaPath:"#/properties/acknowledgeBy/items/enum",keyword:"enum",params:{allowedValues: schema11.properties.acknowledgeBy.items.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
}
}
else {
const err155 = {instancePath:instancePath+"/acknowledgeBy",schemaPath:"#/properties/acknowledgeBy/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
}
if(data.approvedDifferences !== undefined){
let data94 = data.approvedDifferences;
if(Array.isArray(data94)){
const len20 = data94.length;
for(let i20=0; i20<len20; i20++){
let data95 = data94[i20];
if(data95 && typeof data95 == "object" && !Array.isArray(data95)){
if(data95.property === undefined){
const err156 = {instancePath:instancePath+"/approvedDifferences/" + i20,schemaPath:"#/properties/approvedDifferences/items/required",keyword:"required",params:{missingProperty: "property"},message:"must have required property '"+"property"+"'"};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
if(data95.reason === undefined){
const err157 = {instancePath:instancePath+"/approvedDifferences/" + i20,schemaPath:"#/properties/approvedDifferences/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
for(const key15 in data95){
if(!((((((key15 === "property") || (key15 === "service")) || (key15 === "environment")) || (key15 === "reason")) || (key15 === "expires")) || (key15 === "owner"))){
const err158 = {instancePath:instancePath+"/approvedDifferences/" + i20,schemaPath:"#/properties/approvedDifferences/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key15},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
}
if(data95.property !== undefined){
let data96 = data95.property;
if(typeof data96 === "string"){
if(!pattern0.test(data96)){
const err159 = {instancePath:instancePath+"/approvedDifferences/" + i20+"/property",schemaPath:"#/properties/approvedDifferences/items/properties/property/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
}
else {
const err160 = {instancePath:instancePath+"/approvedDifferences/" + i20+"/property",schemaPath:"#/properties/approvedDifferences/items/properties/property/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
}
if(data95.service !== undefined){
if(typeof data95.service !== "string"){
const err161 = {instancePath:instancePath+"/approvedDifferences/" + i20+"/service",schemaPath:"#/properties/approvedDifferences/items/properties/service/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err161];
}
else {
vErrors.push(err161);
}
errors++;
}
}
if(data95.environment !== undefined){
if(typeof data95.environment !== "string"){
const err162 = {instancePath:instancePath+"/approvedDifferences/" + i20+"/environment",schemaPath:"#/properties/approvedDifferences/items/properties/environment/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err162];
}
else {
vErrors.push(err162);
}
errors++;
}
}
if(data95.reason !== undefined){
let data99 = data95.reason;
if(typeof data99 === "string"){
if(!pattern0.test(data99)){
const err163 = {instancePath:instancePath+"/approvedDifferences/" + i20+"/reason",schemaPath:"#/definitions/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
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
const err164 = {instancePath:instancePath+"/approvedDifferences/" + i20+"/reason",schemaPath:"#/definitions/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err164];
}
else {
vErrors.push(err164);
}
errors++;
}
}
if(data95.expires !== undefined){
let data100 = data95.expires;
if(typeof data100 === "string"){
if(!pattern16.test(data100)){
const err165 = {instancePath:instancePath+"/approvedDifferences/" + i20+"/expires",schemaPath:"#/definitions/expires/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"},message:"must match pattern \""+"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T00:00:00Z)?$"+"\""};
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
const err166 = {instancePath:instancePath+"/approvedDifferences/" + i20+"/expires",schemaPath:"#/definitions/expires/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err166];
}
else {
vErrors.push(err166);
}
errors++;
}
}
if(data95.owner !== undefined){
let data101 = data95.owner;
if(typeof data101 === "string"){
if(!pattern0.test(data101)){
const err167 = {instancePath:instancePath+"/approvedDifferences/" + i20+"/owner",schemaPath:"#/definitions/owner/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err167];
}
else {
vErrors.push(err167);
}
errors++;
}
}
else {
const err168 = {instancePath:instancePath+"/approvedDifferences/" + i20+"/owner",schemaPath:"#/definitions/owner/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err169 = {instancePath:instancePath+"/approvedDifferences/" + i20,schemaPath:"#/properties/approvedDifferences/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err169];
}
else {
vErrors.push(err169);
}
errors++;
}
}
}
else {
const err170 = {instancePath:instancePath+"/approvedDifferences",schemaPath:"#/properties/approvedDifferences/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err170];
}
else {
vErrors.push(err170);
}
errors++;
}
}
}
else {
const err171 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err171];
}
else {
vErrors.push(err171);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}
