import { describe, expect, test } from 'vitest';
import { type PolicyTests, testPolicies } from '../../../src/admit/page/test-policies.ts';
import { policySkeleton } from '../../../src/command/policy-skeleton.ts';
import { defaultKubernetesVersion } from '../../../src/configuration/kubernetes-versions.ts';
import { failuresIn, policyTestsReport } from '../../../src/report/policy-tests.ts';
import { openSources } from '../../../src/source/load.ts';
import { memoryFileSystem } from '../../../src/source/memory.ts';

const [policy, page] = policySkeleton('team-missing').map(({ text }) => text) as [string, string];

function run(files: Readonly<Record<string, string>>): PolicyTests {
  return testPolicies(openSources(memoryFileSystem(files)), 'policies', defaultKubernetesVersion);
}

function withPage(text: string, more: Readonly<Record<string, string>> = {}): PolicyTests {
  return run({ 'policies/team-missing.yaml': policy, 'policies/team-missing.md': text, ...more });
}

const problemsOf = ({ tests }: PolicyTests) =>
  tests.flatMap((one) => [...one.problems, ...one.cases.flatMap((each) => each.problems)]);

describe('a page', () => {
  test('of the skeleton holds', () => {
    const tested = withPage(page);
    expect(problemsOf(tested)).toEqual([]);
    expect(policyTestsReport(tested)).toBe('✓ team-missing (2 cases)\n\n1 policy, 2 cases, 0 failures\n');
  });

  test('that expects what no one says names the line', () => {
    expect(problemsOf(withPage(page.replace('"the Deployment', '"the Demployment')))).toEqual([
      {
        file: 'policies/team-missing.md',
        line: 20,
        message:
          'expected error: [team-missing] "the Demployment has no label team" here, but it is not reported',
      },
      {
        file: 'policies/team-missing.md',
        line: 20,
        message: 'this finding has no mark: error: [team-missing] "the Deployment has no label team"',
      },
    ]);
  });

  test('with a good case that is bad, or a bad one without a mark, fails', () => {
    expect(problemsOf(withPage(page.replace('    team: shop\n', '')))).toMatchObject([
      { line: 47, message: expect.stringContaining('this finding has no mark') },
    ]);
    expect(problemsOf(withPage(page.replace(/ # error.*/u, '')))).toMatchObject([
      { line: 11, message: expect.stringContaining('must mark the faulty line') },
    ]);
  });

  test('of another policy, or without a section, says so', () => {
    const messages = problemsOf(
      withPage(page.replace('# team-missing', '# team').replace('## Good', '## Fine')),
    );
    expect(messages.map(({ message }) => message)).toEqual([
      'the title of the page is "team", but its policy is team-missing',
      'the page has no section "Good"',
      'the page has no case under "Good"',
    ]);
  });

  test('that is missing is a failure', () => {
    const tested = run({ 'policies/team-missing.yaml': policy });
    expect(failuresIn(tested)).toBe(1);
    expect(policyTestsReport(tested)).toContain('no case tests team-missing');
  });
});

describe('fixtures', () => {
  const deployment = (labels: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  labels: {${labels}}\n`;

  test('in the directory of the policy are cases, bad ones with marks', () => {
    const bad = deployment('app: web').replace('}\n', '} # error: [team-missing] "no label team"\n');
    const tested = run({
      'policies/team-missing.yaml': policy,
      'policies/team-missing/bad.yaml': bad,
      'policies/team-missing/good.yaml': deployment('team: shop'),
      'policies/team-missing/wrong.yaml': deployment('app: web'),
    });
    expect(tested.tests[0]?.cases.map(({ title }) => title)).toEqual([
      'policies/team-missing/bad.yaml',
      'policies/team-missing/good.yaml',
      'policies/team-missing/wrong.yaml',
    ]);
    expect(problemsOf(tested)).toMatchObject([{ file: 'policies/team-missing/wrong.yaml', line: 5 }]);
  });
});

test('a case with a kustomization is built, and its marks are where the value comes from', () => {
  const layered = page.replace(
    /## Bad[\s\S]*?## Good/u,
    `## Bad

### An overlay takes the label away

\`base/kustomization.yaml\`:

\`\`\`yaml
resources:
  - deployment.yaml
\`\`\`

\`base/deployment.yaml\`:

\`\`\`yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: # error: [team-missing] "no label team"
    app: web
    team: shop
\`\`\`

\`overlay/kustomization.yaml\`:

\`\`\`yaml
resources:
  - ../base
patches:
  - patch: |
      - op: remove
        path: /metadata/labels/team
    target:
      kind: Deployment
\`\`\`

## Good`,
  );
  expect(problemsOf(withPage(layered))).toEqual([]);
});

test('a policy that does not compile is not tested, and not passed', () => {
  const tested = run({
    'policies/team-missing.yaml': policy.replace("'team' in", "'team' inn"),
    'policies/team-missing.md': page,
  });
  expect(tested.tests).toEqual([]);
  expect(tested.diagnostics.map(({ rule }) => rule)).toEqual(['invalid-policy']);
});
