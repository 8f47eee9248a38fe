// Written by scripts/update-custom-facts.mjs from network-attachment-definition 1.7.7; the form is explained in custom-kind.ts.
export function networkAttachmentDefinitionFacts(): string {
  return String.raw`{"kinds":{
"k8s.cni.cncf.io/v1":{"NetworkAttachmentDefinition":[2,"n","network-attachment-definitions",0]}},
"schemas":[
{"type":"string"},
{"properties":{"config":0}},
{"properties":{"spec":1}}
]}`;
}
