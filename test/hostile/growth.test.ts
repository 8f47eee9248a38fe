import { expect, it } from 'vitest';
import { report } from '../../src/index.ts';
import { fix } from '../../src/run/judge.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { countWork } from '../support/count-work.ts';
import { heavyInputs } from '../support/heavy-inputs.ts';
import { lintFiles } from '../support/lint-files.ts';

const formats = ['terminal', 'json', 'markdown', 'html', 'sarif'] as const;

function workFor(name: string, size: number): number {
  const files = heavyInputs[name]?.make(size) ?? {};
  return countWork(() => {
    const result = lintFiles(files);
    for (const format of formats) report(result, format);
  });
}

/** What grows faster than its input by its nature, and is stopped by a budget. */
const budgeted: Readonly<Record<string, string>> = {
  'shared values in a template': 'too-large',
  'a diamond of bases': 'too-large',
  'wildcards of a replacement': 'too-large',
  'keys of a generator with one file': 'object-too-large',
  'a long variable in many objects': 'substitution-invalid',
  'kustomizations in a chain': 'too-large',
  'components that each name two': 'too-large',
};

it.each(Object.entries(budgeted))('%s: what is not followed is said, and the run fails', (name, rule) => {
  const input = heavyInputs[name];
  const { findings, exitCode } = lintFiles(input?.make(input.size) ?? {});
  expect(exitCode).toBe(2);
  expect(findings.find((one) => one.rule === rule)?.unchecked).toBeDefined();
});

// What is remembered from one run to the next makes the counts of small inputs differ by this much.
const aside = 100_000;

// Those that take seconds however few there are of them.
const slow = new Set(['policies below their budgets', 'images of the containers of one object']);

const growing = Object.entries(heavyInputs).filter(
  ([name]) => !Object.hasOwn(budgeted, name) && !slow.has(name),
);

/** How much more work twice the input is. The engine forgets counts of code that it throws away: the smallest of three is the one to trust. */
function growthOf(name: string, few: number): number {
  const ratios: number[] = [];
  while (ratios.length < 3 && ratios.every((ratio) => ratio >= 2.5)) {
    const [one = 0, two = 0] = [few, few * 2].map((count) => workFor(name, count));
    ratios.push((two - aside) / one);
  }
  return Math.min(...ratios);
}

it.each(growing)('%s: twice as many are about twice the work', (name, { size }) => {
  const few = Math.max(2, Math.round(size / 100));
  // What is found out once for all runs is found out before.
  workFor(name, few);
  const times = growthOf(name, few);
  expect([name, times < 2.5 ? 'about twice' : `${times.toFixed(2)} times`]).toEqual([name, 'about twice']);
});

it('messages about thousands of containers, of which all together are too much for a policy, are made one by one', () => {
  const workOf = (count: number): number => {
    const files = heavyInputs['containers of one pod']?.make(count) ?? {};
    return countWork(() => lintFiles(files, { only: ['capabilities-not-dropped'] }));
  };
  workOf(100);
  const one = workOf(5_200);
  expect(workOf(10_400) / one).toBeLessThan(2.5);
});

it('so much is found in one object that not all policies judge it, which is told', () => {
  const { findings, exitCode } = lintFiles(heavyInputs['containers of one pod']?.make(6_000) ?? {});
  expect(exitCode).toBe(2);
  const left = findings.filter(({ message }) => message.startsWith('this object has so many findings'));
  expect(left.map(({ unchecked }) => unchecked?.endsWith(' for Deployment/d'))).toEqual([true]);
});

it('twice as many fixes of one file are about twice the work', () => {
  const workOf = (count: number): number => {
    const files = heavyInputs['Deployments to fix']?.make(count) ?? {};
    return countWork(() => {
      const { applied } = fix({ fileSystem: memoryFileSystem(files), paths: [''] });
      expect(applied).toHaveLength(count * 3);
    });
  };
  workOf(20);
  const one = workOf(50);
  expect(workOf(100) / one).toBeLessThan(2.5);
});

const many = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `---\n${make(index)}`).join('');

const built = (manifests: string): Record<string, string> => ({
  'kustomization.yaml': 'resources: [a.yaml]\n',
  'a.yaml': manifests,
});

const pod = (index: number, spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: p${index}, namespace: a }\nspec: { containers: [{ name: a, image: "a:1"${spec} }] }\n`;

it.each([
  [
    'limit ranges and pods of one namespace, in the report on resources',
    (count: number) =>
      many(
        count,
        (index) =>
          `apiVersion: v1\nkind: LimitRange\nmetadata: { name: l${index}, namespace: a }\nspec: { limits: [{ type: Container, max: { cpu: "2" } }] }\n`,
      ) + many(count, (index) => pod(index, ', resources: { limits: { cpu: "1" } }')),
    'nothing',
  ],
  [
    'references to missing objects, and objects with names like theirs',
    (count: number) =>
      many(
        count,
        (index) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c${10_000 + index}, namespace: a }\n`,
      ) + many(count, (index) => pod(index, `, envFrom: [{ configMapRef: { name: x${10_000 + index} } }]`)),
    'reference-missing',
  ],
] as const)('%s: twice as many are about twice the work', (_name, make, rule) => {
  const workOf = (count: number): number => countWork(() => lintFiles(built(make(count)), { only: [rule] }));
  workOf(50);
  const few = workOf(250);
  expect(workOf(500) / few).toBeLessThan(2.5);
});
