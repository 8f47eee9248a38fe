// Written by scripts/update-custom-facts.mjs from secrets-store-csi-driver 1.6.0; the form is explained in custom-kind.ts.
export function secretsStoreCsiDriverFacts(): string {
  return String.raw`{"kinds":{
"secrets-store.csi.x-k8s.io/v1":{"SecretProviderClass":[8,"n","secretproviderclasses",0],"SecretProviderClassPodStatus":[17,"n","secretproviderclasspodstatuses",0]},
"secrets-store.csi.x-k8s.io/v1alpha1":{"SecretProviderClass":[12,"n","secretproviderclasses",0],"SecretProviderClassPodStatus":[17,"n","secretproviderclasspodstatuses",0]}},
"schemas":[
{"type":"string"},
{"type":"object"},
{"additionalProperties":0,"type":"object"},
{"properties":{"key":0,"objectName":0},"type":"object"},
{"items":3,"type":"array"},
{"properties":{"annotations":2,"data":4,"labels":2,"secretName":0,"type":0},"type":"object"},
{"items":5,"type":"array"},
{"properties":{"parameters":2,"provider":0,"secretObjects":6},"type":"object"},
{"properties":{"apiVersion":0,"kind":0,"metadata":1,"spec":7,"status":1},"type":"object"},
{"properties":{"id":0,"namespace":0},"type":"object"},
{"items":9,"type":"array"},
{"properties":{"byPod":10},"type":"object"},
{"properties":{"apiVersion":0,"kind":0,"metadata":1,"spec":7,"status":11},"type":"object"},
{"type":"boolean"},
{"properties":{"id":0,"version":0},"type":"object"},
{"items":14,"type":"array"},
{"properties":{"mounted":13,"objects":15,"podName":0,"secretProviderClassName":0,"targetPath":0},"type":"object"},
{"properties":{"apiVersion":0,"kind":0,"metadata":1,"status":16},"type":"object"}
]}`;
}
