import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  builtInPolicies,
  type PolicyChoice,
  policyNames,
  profileNames,
  withBuiltIns,
} from '../../../src/admit/policy/built-in.ts';
import { evaluatePolicies } from '../../../src/admit/policy/evaluate.ts';
import { policyPages } from '../../../src/admit/policy/policy-pages.ts';
import type { Mapping } from '../../../src/source/value.ts';
import { mappingOf } from '../../support/mapping-of.ts';

const root = new URL('../../../', import.meta.url);

function object(kind: string, apiVersion: string, spec: object): Mapping {
  return mappingOf({ apiVersion, kind, metadata: { name: 'web', namespace: 'shop' }, spec }) as Mapping;
}

test('a profile chooses, and so does whoever names a policy', () => {
  const names = (choice?: PolicyChoice) => builtInPolicies(choice).map(({ name }) => name);
  expect(names()).toHaveLength(21);
  expect(names()).toEqual(names({ profile: 'acceptance' }));
  expect(names({ profile: 'baseline' })).toHaveLength(11);
  expect(names({ profile: 'restricted' })).toHaveLength(16);
  expect(names({ profile: 'all' })).toEqual(policyNames());
  for (const profile of profileNames)
    expect(policyNames()).toEqual(expect.arrayContaining(names({ profile })));
  expect(names({ also: new Set(['ssh-port-open']) })).toEqual([...names(), 'ssh-port-open'].sort());
});

test('parameters from the configuration stand in for the ConfigMap of the cluster', () => {
  const parameters = new Map([['required-label-missing', mappingOf({ owner: '^[a-z]+$' }) as Mapping]]);
  const judge = (choice: PolicyChoice) =>
    evaluatePolicies(builtInPolicies({ also: new Set(['required-label-missing']), ...choice }), {
      operation: 'CREATE',
      object: object('Service', 'v1', { type: 'ClusterIP' }),
    })
      .filter(({ policy }) => policy === 'required-label-missing')
      .map(({ message }) => message);
  expect(judge({})).toEqual([]);
  expect(judge({ parameters })).toEqual(['label owner is missing or not as required']);
});

test('a page belongs to each policy', () => {
  for (const name of policyNames()) {
    expect(policyPages.get(name)).toBe(readFileSync(new URL(`policies/base/${name}.md`, root), 'utf8'));
  }
});

test("a repository's policy replaces the built-in one of its name", () => {
  const [first] = builtInPolicies();
  if (first === undefined) throw new Error('the catalogue is empty');
  const own = { ...first, failurePolicy: 'Ignore' as const };
  const all = withBuiltIns([own], builtInPolicies());
  expect(all).toHaveLength(builtInPolicies().length);
  expect(all[0]).toBe(own);
});
