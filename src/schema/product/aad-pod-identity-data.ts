// Written by scripts/update-custom-facts.mjs from aad-pod-identity 1.8.17; the form is explained in custom-kind.ts.
export function aadPodIdentityFacts(): string {
  return String.raw`{"kinds":{
"aadpodidentity.k8s.io/v1":{"AzureAssignedIdentity":[14,"n","azureassignedidentities",0],"AzureIdentity":[15,"n","azureidentities",0],"AzureIdentityBinding":[16,"n","azureidentitybindings",0],"AzurePodIdentityException":[20,"n","azurepodidentityexceptions",0]}},
"schemas":[
{"type":"string"},
{"type":"object"},
{"type":"integer"},
{"properties":{"azureIdentity":0,"metadata":1,"selector":0,"weight":2},"type":"object"},
{"format":"int32","type":"integer"},
{"properties":{"availableReplicas":4,"metadata":1},"type":"object"},
{"properties":{"apiVersion":0,"kind":0,"metadata":1,"spec":3,"status":5},"type":"object","x-kubernetes-embedded-resource":true},
{"items":0,"nullable":true,"type":"array"},
{"properties":{"name":0,"namespace":0},"type":"object"},
{"format":"int32","nullable":true,"type":"integer"},
{"properties":{"adEndpoint":0,"adResourceID":0,"auxiliaryTenantIDs":7,"clientID":0,"clientPassword":8,"metadata":1,"replicas":9,"resourceID":0,"tenantID":0,"type":2},"type":"object"},
{"properties":{"apiVersion":0,"kind":0,"metadata":1,"spec":10,"status":5},"type":"object","x-kubernetes-embedded-resource":true},
{"properties":{"azureBindingRef":6,"azureIdentityRef":11,"metadata":1,"nodename":0,"pod":0,"podNamespace":0,"replicas":9},"type":"object"},
{"properties":{"availableReplicas":4,"metadata":1,"status":0},"type":"object"},
{"properties":{"apiVersion":0,"kind":0,"metadata":1,"spec":12,"status":13},"type":"object"},
{"properties":{"apiVersion":0,"kind":0,"metadata":1,"spec":10,"status":5},"type":"object"},
{"properties":{"apiVersion":0,"kind":0,"metadata":1,"spec":3,"status":5},"type":"object"},
{"additionalProperties":0,"type":"object"},
{"properties":{"metadata":1,"podLabels":17},"type":"object"},
{"properties":{"metadata":1,"status":0},"type":"object"},
{"properties":{"apiVersion":0,"kind":0,"metadata":1,"spec":18,"status":19},"type":"object"}
]}`;
}
