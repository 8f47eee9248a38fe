import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  builtInPolicies,
  type PolicyChoice,
  policyNames,
  withBuiltIns,
} from '../../../src/admit/policy/built-in.ts';
import { evaluatePolicies } from '../../../src/admit/policy/evaluate.ts';
import { policyPages } from '../../../src/admit/policy/policy-pages.ts';
import { builtInProfiles } from '../../../src/diagnostic/profile.ts';
import type { Mapping } from '../../../src/source/value.ts';
import { lintFiles } from '../../support/lint-files.ts';
import { mappingOf } from '../../support/mapping-of.ts';

const root = new URL('../../../', import.meta.url);

function object(kind: string, apiVersion: string, spec: object): Mapping {
  return mappingOf({ apiVersion, kind, metadata: { name: 'web', namespace: 'shop' }, spec }) as Mapping;
}

test('a profile chooses, and so does anyone who names a policy', () => {
  const names = (choice?: PolicyChoice) => builtInPolicies(choice).map(({ name }) => name);
  const { baseline, restricted, recommended, acceptance, all } = builtInProfiles;
  expect(names()).toEqual(names({ parts: builtInProfiles.default }));
  expect(names({ parts: acceptance })).toHaveLength(21);
  expect(names({ parts: baseline })).toHaveLength(11);
  expect(names({ parts: restricted })).toHaveLength(16);
  expect(names({ parts: all })).toEqual(policyNames());
  for (const parts of Object.values(builtInProfiles))
    expect(policyNames()).toEqual(expect.arrayContaining(names({ parts })));
  const union = new Set([...names({ parts: baseline }), ...names({ parts: recommended })]);
  expect(names()).toEqual([...union].sort());
  expect(names({ also: new Set(['low-user-id']) })).toEqual([...names(), 'low-user-id'].sort());
});

test('of the default profile only what no one disputes is an error', () => {
  const severities = (choice?: PolicyChoice) =>
    new Map(builtInPolicies(choice).map(({ name, bindings }) => [name, bindings[0]?.severity]));
  const errors = [...severities()].filter(([, severity]) => severity === 'error').map(([name]) => name);
  const baseline = severities({ parts: builtInProfiles.baseline });
  expect(errors).toEqual(
    [...baseline.keys(), 'placeholder-value', 'secret-in-git', 'secret-in-plain-text'].sort(),
  );
  for (const name of [
    'unexpected-user',
    'writable-root-file-system',
    'secret-in-environment',
    'service-exposed',
  ])
    expect(severities().has(name)).toBe(false);
  expect(severities().get('limits-missing')).toBe('warning');
  expect(new Set(severities({ parts: builtInProfiles['third-party'] }).values())).toEqual(new Set(['note']));
});

test('a long value in a Secret is told as what it is, and not that it is too long to be compared', () => {
  const page = `login.html: |\n${'    <p>Welcome to the shop</p>\n'.repeat(10_000)}`;
  const secret = `apiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData:\n  ${page}`;
  const { findings } = lintFiles({ 'secret.yaml': secret }, { only: ['secret-in-git'] });
  expect(findings.map(({ message }) => message)).toEqual([
    'a Secret with stringData is in the repository in plain text',
  ]);
});

test('parameters from the configuration are in for the ConfigMap of the cluster', () => {
  const parameters = new Map([['required-label-missing', mappingOf({ owner: '^[a-z]+$' }) as Mapping]]);
  const judge = (choice: PolicyChoice) =>
    evaluatePolicies(builtInPolicies({ also: new Set(['required-label-missing']), ...choice }), {
      operation: 'CREATE',
      object: object('Service', 'v1', { type: 'ClusterIP' }),
    })
      .filter(({ policy }) => policy === 'required-label-missing')
      .map(({ message }) => message);
  expect(judge({})).toEqual([]);
  expect(judge({ parameters })).toEqual(['label owner is missing or has the wrong value']);
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
