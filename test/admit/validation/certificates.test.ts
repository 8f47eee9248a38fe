import { expect, test } from 'vitest';
import { judge } from './judge.ts';

// Made with openssl for this test, their keys thrown away.
const authority =
  'MIIBbzCCARWgAwIBAgIUSJnq/Tikhii6MANs1vGJvZUZ6vgwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBYTAgFw0yNjExMjkxMDA0MzZaGA8yMDU0MDQxNjEwMDQzNlowDDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHpO0yjCW4Prm5a4Usm61l2HT3egAjy6pG0HJ30EWEgLja6u3B/VLOm/+67H1guyG/1nRoixv74RvApP2T9XxvejUzBRMB0GA1UdDgQWBBSmAgdE2Qq9XUKT4XWkGGJ5HcrnUjAfBgNVHSMEGDAWgBSmAgdE2Qq9XUKT4XWkGGJ5HcrnUjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQD6SWux2JXbKzmaSEwV3aT+N7boqykwBhO1BJZ04GkSEQIgNUiGvtEXjJd4OHD7nL9ODGEV5Cb94HBuaNgH4QzNW7E=';
const leaf =
  'MIIBbDCCARKgAwIBAgIUHk/Qy2QNUdoa9QO9/xTKJzFq84IwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBYTAgFw0yNjExMjkxMDA0MzZaGA8yMDU0MDQxNjEwMDQzNlowDDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDJSYE00h30f+3QuJAmprr6M+lKpZobUq/SpZ7lQqz45fexX95qzpW1P0/ZX8W6HyXA4u2ioKfNTCKDu3han2g+jUDBOMB0GA1UdDgQWBBTgGOvaA4qIk4LxHidzRBu0JOIfVjAfBgNVHSMEGDAWgBTgGOvaA4qIk4LxHidzRBu0JOIfVjAMBgNVHRMBAf8EAjAAMAoGCCqGSM49BAMCA0gAMEUCIC8akhloGTV3dQRCsWVNqWyv8dPrw+mz8GnYL9btfvV5AiEAwNZHmtNeJbfWSWsuM1lTiWHXCYTJOUet1EfPZXVL28s=';
const request =
  'MIHHMG4CAQAwDDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABFieYPQ8lzXNttfXOnsSbuzrGYtXOwyS3725gNc3JJUjt9tIfFAtoW4fCGGDo2zsmXSB2rhzhse5I9Hm5yUhbjSgADAKBggqhkjOPQQDAgNJADBGAiEAvs3kYlpKmLyRQ4G4TetjfSr6rfosT7JCbwSAfSXZEI0CIQDfWGvm4vduTMqraIeFLdy3TUFs3wv/YzJ1wxC2koH4GA==';

const pem = (type: string, base64: string): string =>
  `-----BEGIN ${type}-----\n${base64}\n-----END ${type}-----\n`;

function bundle(trustBundle: string, signerName = '', name = 'a'): string {
  const spec = JSON.stringify({ trustBundle, ...(signerName === '' ? {} : { signerName }) });
  return `apiVersion: certificates.k8s.io/v1\nkind: ClusterTrustBundle\nmetadata: {name: "${name}"}\nspec: ${spec}`;
}

test.each([
  ['an authority', pem('CERTIFICATE', authority), true],
  ['text around it', `us:\n${pem('CERTIFICATE', authority)}# end`, true],
  ['a certificate that signs nothing', pem('CERTIFICATE', leaf), false],
  ['the same twice', pem('CERTIFICATE', authority).repeat(2), false],
  ['a request', pem('CERTIFICATE REQUEST', request), false],
  ['bytes', pem('CERTIFICATE', 'aGk='), false],
  ['no PEM', 'hello', false],
])('a trust bundle with %s', (_, text, isAccepted) => {
  expect(judge(bundle(text), '1.37')).toEqual(isAccepted ? [] : ['Invalid spec.trustBundle']);
});

test('a trust bundle of a signer bears its name', () => {
  const anchors = pem('CERTIFICATE', authority);
  expect(judge(bundle(anchors, 'example.org/s', 'example.org:s:one'), '1.37')).toEqual([]);
  expect(judge(bundle(anchors, 'example.org/s'), '1.37')).toEqual(['Invalid metadata.name']);
  expect(judge(bundle(anchors, '', 'b:c'), '1.37')).toEqual(['Invalid metadata.name']);
});

test.each([
  ['a request', pem('CERTIFICATE REQUEST', request), true],
  ['a certificate', pem('CERTIFICATE', authority), false],
  ['what does not begin its line', `x${pem('CERTIFICATE REQUEST', request)}`, false],
])('a signing request with %s', (_, text, isAccepted) => {
  const spec = JSON.stringify({ request: btoa(text), signerName: 'example.org/s', usages: ['client auth'] });
  const yaml = `apiVersion: certificates.k8s.io/v1\nkind: CertificateSigningRequest\nmetadata: {name: a}\nspec: ${spec}`;
  expect(judge(yaml)).toEqual(isAccepted ? [] : ['Invalid spec.request']);
});
