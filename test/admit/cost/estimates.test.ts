import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { declaredSize } from '../../../src/admit/cost/declared-size.ts';
import { wholeSchema } from '../../../src/schema/custom-kind.ts';
import { mappingOf } from '../../support/mapping-of.ts';
import { costOfRules } from '../../support/rule-cost.ts';

// `test/fuzz/record-costs.mjs` says how both are recorded.
const recorded = (name: string): unknown[] =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8'));

interface Estimated {
  readonly schema: { readonly type: string };
  readonly isResource?: boolean;
  readonly costs: Readonly<Record<string, number>>;
}

describe.each((recorded('estimates.json') as Estimated[]).map((one) => [one.schema.type, one] as const))(
  'the API server estimates as much for a rule of an %s:',
  (_, { schema, isResource, costs }) => {
    const cost = costOfRules(schema, isResource);
    test.each(Object.entries(costs))('%s', (rule, expected) => {
      expect(cost(rule)).toBe(expected);
    });
  },
);

interface Declared {
  readonly schema: unknown;
  readonly isResource?: boolean;
  readonly declared: unknown;
}

describe('the API server takes values to be as large as here:', () => {
  it.each(
    (recorded('declared-sizes.json') as Declared[]).map(
      (one) => [one.isResource === true ? 'a resource' : 'a value', JSON.stringify(one.schema), one] as const,
    ),
  )('%s of %s', (_, _schema, { schema, isResource = false, declared }) => {
    const whole = wholeSchema(mappingOf(schema));
    const size = whole === undefined ? undefined : declaredSize(whole, isResource);
    expect(JSON.parse(JSON.stringify(size ?? null, plain))).toEqual(declared);
  });
});

/** Fields by name, if there are any. */
function plain(_: string, value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  return value.size === 0 ? undefined : Object.fromEntries(value);
}

const rules = {
  type: 'object',
  properties: {
    s: { type: 'string', maxLength: 5 },
    l: {
      type: 'array',
      maxItems: 10,
      items: {
        type: 'object',
        properties: {
          n: { type: 'integer' },
          tags: { type: 'array', items: { type: 'string', maxLength: 20 } },
          sub: {
            type: 'array',
            maxItems: 5,
            items: {
              type: 'object',
              properties: {
                n: { type: 'integer' },
                tags: { type: 'array', maxItems: 7, items: { type: 'string', maxLength: 20 } },
              },
            },
          },
        },
      },
    },
  },
};

// As the modules of Kubernetes 1.31.14, 1.32.13, 1.33.13, 1.36.3 and 1.37.0 estimate them.
describe('versions estimate differently:', () => {
  it.each([
    ['self.l.all(x, x.tags.all(t, t.size() < x.n))', [83886063, 83886063, 63, 63, 63]],
    ["self.l.all(x, x.sub.all(y, y.tags.all(z, z.matches('a+') && y.n > 1)))", [5963, 5963, 363, 363, 363]],
    ["matches(self.s, 'abcdefgh')", [3, 3, 3, 3, 8]],
    ["self.s.matches('abcdefgh')", [8, 8, 8, 8, 8]],
    ['url(self.s) == url(self.s)', [1844674407370955300, 10, 10, 10, 10]],
    ["url(self.s) != url('a')", [1844674407370955300, 6, 6, 6, 6]],
    ['quantity(self.s) == quantity(self.s)', [1844674407370955300, 9, 9, 9, 9]],
  ])('%s', (rule, costs) => {
    const minors = [31, 32, 33, 36, 37];
    expect(minors.map((minor) => costOfRules(rules, false, minor)(rule))).toEqual(costs);
  });
});
