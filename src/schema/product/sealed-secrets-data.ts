// Written by scripts/update-custom-facts.mjs from sealed-secrets 0.40.0; the form is explained in custom-kind.ts.
export function sealedSecretsFacts(): string {
  return String.raw`{"kinds":{
"bitnami.com/v1alpha1":{"SealedSecret":[16,"n","sealedsecrets",1]}},
"schemas":[
{"type":"string"},
{"type":"object"},
{"format":"byte","type":"string"},
{"additionalProperties":0,"type":"object","x-kubernetes-preserve-unknown-fields":true},
{"additionalProperties":0,"nullable":true,"type":"object"},
{"type":"boolean"},
{"additionalProperties":0,"type":"object"},
{"items":0,"type":"array"},
{"nullable":true,"properties":{"annotations":6,"finalizers":7,"labels":6,"name":0,"namespace":0},"type":"object","x-kubernetes-preserve-unknown-fields":true},
{"properties":{"data":4,"immutable":5,"metadata":8,"type":0},"type":"object"},
{"properties":{"data":2,"encryptedData":3,"template":9},"required":["encryptedData"],"type":"object"},
{"format":"date-time","type":"string"},
{"properties":{"lastTransitionTime":11,"lastUpdateTime":11,"message":0,"reason":0,"status":0,"type":0},"required":["status","type"],"type":"object"},
{"items":12,"type":"array"},
{"format":"int64","type":"integer"},
{"properties":{"conditions":13,"observedGeneration":14},"type":"object"},
{"properties":{"apiVersion":0,"kind":0,"metadata":1,"spec":10,"status":15},"required":["spec"],"type":"object"}
]}`;
}
