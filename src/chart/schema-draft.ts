import type { Mapping } from '../source/value.ts';

/** The editions of JSON Schema, by version or year. */
export type Draft = 4 | 6 | 7 | 2019 | 2020;

const drafts: ReadonlyMap<string, Draft> = new Map([
  ['json-schema.org/draft-04/schema', 4],
  ['json-schema.org/draft-06/schema', 6],
  ['json-schema.org/draft-07/schema', 7],
  ['json-schema.org/draft/2019-09/schema', 2019],
  ['json-schema.org/draft/2020-12/schema', 2020],
  ['json-schema.org/schema', 2020],
]);

/** The edition that a schema names, or the newest; undefined for an address of another (jsonschema 6.0.3, which Helm 3.22 and 4.3 use). */
export function draftOf({ $schema: address }: Mapping): Draft | undefined {
  if (typeof address !== 'string') return 2020;
  return drafts.get(address.replace(/^https?:\/\//u, '').replace(/#$/u, ''));
}
