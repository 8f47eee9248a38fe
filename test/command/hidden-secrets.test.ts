import { describe, expect, it } from 'vitest';
import { type BlamedLine, blameResource } from '../../src/build/blame.ts';
import { withoutSecret, withoutSecrets } from '../../src/command/hidden-secrets.ts';
import type { Resource } from '../../src/object/resource.ts';
import { renderFiles } from '../support/render-files.ts';

function resourceOf(text: string): Resource {
  const [resource] = renderFiles({ 'a.yaml': text }).tree.units.flatMap(({ build }) => build.resources);
  if (resource === undefined) throw new Error('no object');
  return resource;
}

const secret = resourceOf(`apiVersion: v1
kind: Secret
metadata:
  name: web
  labels: { app: shop }
  ownerReferences: [{ name: shop }]
stringData:
  password: swordfish
  long: |
    one
    two: words
`);
const map = resourceOf('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\ndata: { a: shop }\n');
const redact = (words: string): string => words.replaceAll('shop', '…');

describe('the lines of a Secret', () => {
  it('show its keys, and dots for its values', () => {
    expect(withoutSecrets(secret, blameResource(secret), redact).map(({ text }) => text)).toEqual([
      'apiVersion: v1',
      'kind: Secret',
      'metadata:',
      '  labels:',
      '    app: …',
      '  name: web',
      '  ownerReferences:',
      '  - name: …',
      'stringData:',
      '  long: ••••••',
      '    ••••••',
      '    ••••••',
      '  password: ••••••',
    ]);
  });

  it.each([
    ['  password: a', '  password: ••••••'],
    ['  "pass: word": a', '  "pass: word": ••••••'],
    ["  'pass: word': a: b", "  'pass: word': ••••••"],
    ['  - - a: b', '  - - a: ••••••'],
    ['  pass:word: a', '  ••••••'],
    ['  pass:word', '  ••••••'],
    ['  - a', '  ••••••'],
    ['  x y: z', '  ••••••'],
    ['data:  ', 'data:  '],
    ['data: a', 'data: ••••••'],
    ['', ''],
  ])('show no more than the key: %j', (text, expected) => {
    const line: BlamedLine = { text, path: ['data', 'a'], steps: [], takesComment: true };
    expect(withoutSecrets(secret, [line], redact)).toEqual([{ ...line, text: expected }]);
  });

  it('are redacted as any others where the object is no Secret', () => {
    expect(withoutSecrets(map, blameResource(map), redact).map(({ text }) => text)).toContain('  a: …');
  });
});

describe('the history of a field', () => {
  const blamed = { field: 'f', value: 'the shop', steps: [] };

  it.each<[string, Resource, string, string, string]>([
    ['has dots for the value of a Secret', secret, 'stringData.password', 'the shop', '••••••'],
    ['has nothing for no value', secret, 'stringData.gone', '', ''],
    ['is redacted where the field is not secret', secret, 'metadata.labels.app', 'the shop', 'the …'],
    [
      'is redacted where there is no such field',
      secret,
      'metadata.ownerReferences[gone]',
      'the shop',
      'the …',
    ],
    ['is redacted where the object is no Secret', map, 'data.a', 'the shop', 'the …'],
  ])('%s', (_, resource, field, value, expected) => {
    expect(withoutSecret(resource, field, { ...blamed, value }, redact)).toEqual({
      ...blamed,
      value: expected,
    });
  });
});
