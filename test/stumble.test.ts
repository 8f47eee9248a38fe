import { beforeEach, expect, it, vi } from 'vitest';
import type * as admission from '../src/admit/admit.ts';
import type * as program from '../src/admit/policy/program.ts';
import type * as replicas from '../src/build/transformers/replicas.ts';
import type * as fixer from '../src/fix/kustomization-field.ts';
import { nameOf } from '../src/object/resource.ts';
import type * as flux from '../src/reconcile/flux/flux-kustomization.ts';
import type * as junit from '../src/report/machine/junit.ts';
import type * as rule from '../src/rules/network/service-selects-nothing.ts';
import type * as parity from '../src/run/parity-report.ts';
import { bystander, service } from './support/hostile-input.ts';
import { lintFiles } from './support/lint-files.ts';
import { runCli, withFolder } from './support/run-cli.ts';

// One place of each kind can be told to stumble over whatever is called odd.
const stumbling = vi.hoisted(() => new Set<string>());
const stumble = vi.hoisted(() => (what: string, name = 'odd') => {
  if (stumbling.has(what) && name === 'odd') throw new TypeError('Cannot convert object to primitive value');
});
beforeEach(() => stumbling.clear());

vi.mock(import('../src/rules/network/service-selects-nothing.ts'), async (original) => {
  const module: typeof rule = await original();
  const { serviceSelectsNothing } = module;
  return {
    serviceSelectsNothing: {
      ...serviceSelectsNothing,
      *judge(build, context) {
        for (const resource of build.resources) {
          yield* serviceSelectsNothing.judge({ ...build, resources: [resource] }, context);
          stumble('rule', nameOf(resource.object));
        }
      },
    },
  };
});
vi.mock(import('../src/admit/admit.ts'), async (original) => {
  const module: typeof admission = await original();
  const admitObject: typeof module.admitObject = (object, options) => {
    stumble('admission', nameOf(object));
    return module.admitObject(object, options);
  };
  return { ...module, admitObject };
});
vi.mock(import('../src/admit/policy/program.ts'), async (original) => {
  const module: typeof program = await original();
  const programOf: typeof module.programOf = (policy) => {
    stumble('policy', policy.name === 'privileged-container' ? 'odd' : '');
    return module.programOf(policy);
  };
  return { ...module, programOf };
});
vi.mock(import('../src/build/transformers/replicas.ts'), async (original) => {
  const module: typeof replicas = await original();
  const transformReplicas: typeof module.transformReplicas = (...args) => {
    stumble('build');
    return module.transformReplicas(...args);
  };
  return { ...module, transformReplicas };
});
vi.mock(import('../src/fix/kustomization-field.ts'), async (original) => {
  const module: typeof fixer = await original();
  const replaceKustomizationField: typeof module.replaceKustomizationField = (...args) => {
    stumble('fix');
    return module.replaceKustomizationField(...args);
  };
  return { replaceKustomizationField };
});
vi.mock(import('../src/reconcile/flux/flux-kustomization.ts'), async (original) => {
  const module: typeof flux = await original();
  const { fluxKustomizationKind: known } = module;
  if (known.entry === undefined) throw new Error('no entry');
  const { entry } = known;
  const reconcile: typeof entry.reconcile = (declaration, ...more) => {
    stumble('follow', nameOf(declaration.object));
    return entry.reconcile(declaration, ...more);
  };
  return { ...module, fluxKustomizationKind: { ...known, entry: { ...entry, reconcile } } };
});
vi.mock(import('../src/report/machine/junit.ts'), async (original) => {
  const module: typeof junit = await original();
  const junitReport: typeof module.junitReport = (report) => {
    stumble('format');
    return module.junitReport(report);
  };
  return { junitReport };
});
vi.mock(import('../src/run/parity-report.ts'), async (original) => {
  const module: typeof parity = await original();
  const parityReports: typeof module.parityReports = (...args) => {
    stumble('report');
    return module.parityReports(...args);
  };
  return { ...module, parityReports };
});

const files = {
  ...bystander,
  'bad/kustomization.yaml':
    'resources: [odd.yaml, pod.yaml, even.yaml, web.yaml]\ncommonLabels: { a: b }\nreplicas: [{ name: web, count: 1 }]\n',
  'bad/odd.yaml': service('odd'),
  'bad/even.yaml': service('even'),
  'bad/web.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  selector: { matchLabels: { app: web } }\n  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: a, image: "a:1" }] } }\n',
  'bad/pod.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: { name: pod }\nspec:\n  containers: [{ name: a, image: "a:1", securityContext: { privileged: true } }]\n',
};

/** What is found besides that something stumbled. */
function stumbles(what: string, more: Readonly<Record<string, string>> = {}) {
  const before = lintFiles({ ...files, ...more });
  stumbling.add(what);
  const report = lintFiles({ ...files, ...more });
  stumbling.delete(what);
  const found = report.findings.filter(
    ({ rule, message }) => rule === 'check-failed' || /could not/u.test(message),
  );
  const rulesOf = (one: typeof report) => new Set(one.findings.map((finding) => finding.rule));
  return {
    exitCode: report.exitCode,
    found: found.map(({ occurrences, message, unchecked }) => ({
      message,
      unchecked,
      object: occurrences[0]?.object?.name,
    })),
    lost: [...rulesOf(before)].filter((one) => !rulesOf(report).has(one)),
    bystander: report.findings.some(
      ({ span, rule }) => span.file.path === 'good/pod.yaml' && rule === 'unknown-field',
    ),
  };
}

const why = 'Cannot convert object to primitive value';

it('a rule that stumbles over one object stumbles alone, and says over which', () => {
  expect(stumbles('rule')).toEqual({
    exitCode: 2,
    found: [
      {
        message: `the rule service-selects-nothing could not be checked for Service/odd: ${why}`,
        unchecked: 'the rule service-selects-nothing for Service/odd',
        object: 'odd',
      },
    ],
    lost: [],
    bystander: true,
  });
});

it('admission that stumbles over one object leaves the others checked', () => {
  const { exitCode, found, bystander: isFound, lost } = stumbles('admission');
  expect({ exitCode, isFound, lost }).toEqual({ exitCode: 2, isFound: true, lost: [] });
  expect(found).toEqual([
    {
      message: `what an API server says could not be checked for Service/odd: ${why}`,
      unchecked: 'what an API server says for Service/odd',
      object: 'odd',
    },
  ]);
});

it('a policy that stumbles leaves the other policies and objects checked', () => {
  const { exitCode, found, bystander: isFound } = stumbles('policy');
  expect({ exitCode, isFound }).toEqual({ exitCode: 2, isFound: true });
  expect(found.map(({ unchecked }) => unchecked)).toEqual([
    'privileged-container for Pod/pod',
    'privileged-container for Deployment/web',
    'privileged-container for Pod/good',
  ]);
});

it('a build that stumbles leaves the other builds made', () => {
  const { exitCode, found, bystander: isFound } = stumbles('build');
  expect({ exitCode, isFound }).toEqual({ exitCode: 2, isFound: true });
  expect(found.map(({ unchecked }) => unchecked)).toEqual(['the build for bad']);
});

it('what deploys something and makes us stumble leaves the others followed', () => {
  const kustomization = (name: string) =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: flux-system }\nspec: { path: ./${name}, prune: true, interval: 1m, sourceRef: { kind: GitRepository, name: flux-system } }\n`;
  const flux = {
    'cluster/odd.yaml': kustomization('odd'),
    'cluster/even.yaml': kustomization('even'),
    'odd/service.yaml': service('a'),
    'even/pod.yaml': bystander['good/pod.yaml'] ?? '',
  };
  const { exitCode, found } = stumbles('follow', flux);
  expect(exitCode).toBe(2);
  expect(found.map(({ unchecked }) => unchecked)).toEqual(['what it deploys for Kustomization/odd']);
});

it('a fix that stumbles is a finding, and the finding that it would repair stays', () => {
  const { exitCode, found, lost, bystander: isFound } = stumbles('fix');
  expect({ exitCode, isFound, lost }).toEqual({ exitCode: 2, isFound: true, lost: [] });
  expect(found.map(({ unchecked }) => unchecked)).toEqual([
    'the fix of kustomization-field-deprecated for bad/kustomization.yaml',
  ]);
});

it('a part of the report that stumbles leaves the findings told', () => {
  const { exitCode, found, lost, bystander: isFound } = stumbles('report');
  expect({ exitCode, isFound, lost }).toEqual({ exitCode: 2, isFound: true, lost: [] });
  expect(found.map(({ unchecked }) => unchecked)).toEqual(['the parity of environments for .']);
});

it('a format that stumbles leaves the others printed', async () => {
  stumbling.add('format');
  const args = ['lint', '.', '--format', 'junit=report.xml', '--format', 'concise'];
  const { status, stdout, stderr } = await withFolder(bystander, (folder) => runCli(args, folder));
  expect(status).toBe(2);
  expect(stdout).toContain('good/pod.yaml:');
  expect(stderr).toContain(`format junit could not be written: ${why}`);
});
