import { describe, expect, test } from 'vitest';
import { type AdmitOptions, admitObject } from '../../../src/admit/admit.ts';
import { parseDocuments } from '../../../src/source/parse.ts';
import { formatPath, isMapping } from '../../../src/source/value.ts';

function judge(text: string, more: Partial<AdmitOptions> = {}): readonly string[] {
  const value = parseDocuments({ path: 'test.yaml', text }, 'api-server').documents[0]?.value;
  if (!isMapping(value)) throw new Error('not a mapping');
  return admitObject(value, { kubernetesVersion: '1.36', ...more }).errors.map(({ field }) =>
    formatPath(field),
  );
}

describe('documents that SOPS encrypted', () => {
  const sops = 'sops: {mac: "ENC[AES256_GCM,data:a,type:str]", lastmodified: "2026-01-01T00:00:00Z"}\n';
  const secret = (data: string) => `apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: ${data}\n`;
  const encrypted = 'ENC[AES256_GCM,data:abc,iv:abc,tag:abc,type:str]';

  test('are checked without their values', () => {
    expect(judge(secret(`{a: "${encrypted}"}`) + sops)).toEqual([]);
    expect(judge(secret(`{a: "${encrypted}"}`))).toEqual(['data.a']);
  });

  test('are checked where they are readable', () => {
    expect(judge(secret(`{a: "${encrypted}", b: "!"}`) + sops)).toEqual(['data.b']);
    expect(judge(`${secret('{}')}stringdata: {a: b}\n${sops}`)).toEqual(['stringdata']);
  });

  test('a field called sops is one that no one knows', () => {
    expect(judge(`${secret('{}')}sops: true\n`)).toEqual(['sops']);
  });
});

describe('documents with placeholders', () => {
  const deployment = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: "$\{NAME}", labels: {app: "$\{NAME}"}}\nspec: {replicas: "$\{REPLICAS}", selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: "$\{IMAGE:=a}"}]}}}\n`;

  test('are checked around them where they will be filled', () => {
    expect(judge(deployment, { hasPlaceholders: true })).toEqual([]);
    expect(judge(deployment.replace('image:', 'imag:'), { hasPlaceholders: true })).toEqual([
      'spec.template.spec.containers[0].imag',
    ]);
  });

  test('are text like any other where no one fills them', () => {
    expect(judge(deployment)).toEqual(['spec.replicas']);
  });
});
