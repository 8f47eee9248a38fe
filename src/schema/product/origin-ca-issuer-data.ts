// Written by scripts/update-custom-facts.mjs from origin-ca-issuer 0.7.0; the form is explained in custom-kind.ts.
export function originCaIssuerFacts(): string {
  return String.raw`{"kinds":{
"cert-manager.k8s.cloudflare.com/v1":{"OriginIssuer":[12,"n","originissuers",1]}},
"schemas":[
{"type":"string"},
{"type":"object"},
{"properties":{"key":0,"name":0},"required":["key","name"],"type":"object"},
{"properties":{"serviceKeyRef":2},"type":"object"},
{"enum":["OriginRSA","OriginECC"],"type":"string"},
{"properties":{"auth":3,"requestType":4},"required":["auth","requestType"],"type":"object"},
{"format":"date-time","type":"string"},
{"enum":["True","False","Unknown"],"type":"string"},
{"enum":["Ready"],"type":"string"},
{"properties":{"lastTransitionTime":6,"message":0,"reason":0,"status":7,"type":8},"required":["status","type"],"type":"object"},
{"items":9,"type":"array"},
{"properties":{"conditions":10},"type":"object"},
{"properties":{"apiVersion":0,"kind":0,"metadata":1,"spec":5,"status":11},"type":"object"}
]}`;
}
