import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Reader } from '../../src/source/document.ts';
import { parseDocuments } from '../../src/source/parse.ts';
import { isMapping, type Value } from '../../src/source/value.ts';

/** The text behind the header, then what kustomize 5.8 and sigs.k8s.io/yaml 1.6 (strict) made of it: JSON, or null for an error. */
type Row = readonly [text: string, kustomize: string | null, apiServer: string | null];

const rows = JSON.parse(
  readFileSync(new URL('fixtures/decoded.json', import.meta.url), 'utf8'),
) as readonly Row[];
const header = 'apiVersion: t.io/v1\nkind: T\nmetadata: {name: x}\n';

/** The body as JSON with sorted keys; integers that only a bigint holds are written out. */
function toJson(value: Value | undefined): string {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map(toJson).join(',')}]`;
  if (!isMapping(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${toJson(value[key])}`).join(',')}}`;
}

/** Makes numbers comparable: Go and JavaScript write floats differently. */
function normalise(json: string): string {
  const marked = json.replace(/(?<=[:[,])-?\d{16,}(?=[,\]}])/g, (digits) => `"#${digits}"`);
  return toJson(JSON.parse(marked) as Value).replace(/"#(-?\d+)"/g, '$1');
}

function decode(text: string, reader: Reader): string | null {
  const { documents, diagnostics } = parseDocuments({ path: 'a.yaml', text: header + text }, reader);
  if (diagnostics.length > 0) return null;
  const value = { ...(documents[0]?.value as object) } as Record<string, Value>;
  for (const name of ['apiVersion', 'kind', 'metadata']) delete value[name];
  return normalise(toJson(value));
}

test('the table is there', () => {
  expect(rows.length).toBeGreaterThan(700);
});

test.each(rows)('%j', (text, kustomize, apiServer) => {
  expect(decode(text, 'kustomize')).toBe(kustomize && normalise(kustomize));
  expect(decode(text, 'api-server')).toBe(apiServer && normalise(apiServer));
});
