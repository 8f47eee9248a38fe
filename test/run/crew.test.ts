import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNames, formatReport } from '../../src/report/format.ts';
import type { Report } from '../../src/report/report.ts';
import { lint } from '../../src/run/judge.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { callsOf, countIn } from '../support/call-counts.ts';
import { variants } from '../support/changing-files.ts';
import { type Arrive, lintInCrew } from '../support/crew-in-process.ts';
import { entryPointFiles } from '../support/entry-point-files.ts';
import { fleetFiles } from '../support/fleet-files.ts';
import { platformFiles } from '../support/platform-files.ts';

type Files = Readonly<Record<string, string>>;

function formatsOf(report: Report): Record<string, string> {
  const terminal = { colours: false, width: 120, guardCommands: false };
  return Object.fromEntries(
    formatNames.map((name) => [name, formatReport(report, name, { pages: new Map(), terminal })]),
  );
}

const alone = (files: Files): Report => lint({ paths: [''], fileSystem: memoryFileSystem(files) });
const inCrew = (files: Files, helpers: number, arrive?: Arrive): ReturnType<typeof lintInCrew> =>
  lintInCrew({ paths: [''], fileSystem: memoryFileSystem(files) }, helpers, arrive);

const strange = `apiVersion: v1
kind: ConfigMap
metadata: {name: strange}
data: {__proto__: a, constructor: b, toString: "1"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: large, labels: {a: 123456789012345678901234567890, b: .inf, c: -0.0}}
spec:
  replicas: 9007199254740993
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec: {containers: [{name: a, image: a, __proto__: 1, resources: {limits: {cpu: {a: 1}}}}]}
`;

const policy = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: own}
spec:
  matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}
  validations: [{expression: "object.spec.replicas > 7", message: too few}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: own}
spec: {policyName: own, validationActions: [Deny]}
`;

const trees: Readonly<Record<string, Files>> = {
  'our own manifests': platformFiles(),
  'many overlays': entryPointFiles(8),
  'a fleet': fleetFiles(7),
  'strange values, an own policy and a loose kind': {
    'cdb-lint.yaml':
      'kubernetesVersions: ["1.30", "1.36"]\nlooseSchemas:\n- kind: Deployment\n  reason: an operator reads more\n',
    'strange.yaml': strange,
    'policy.yaml': policy,
    ...entryPointFiles(2),
  },
  nothing: {},
};

describe('a run with helpers', () => {
  it.each(
    Object.entries(trees).flatMap(([name, files]) => [1, 3].map((helpers) => ({ name, files, helpers }))),
  )('says what it says alone, in all formats: $name with $helpers', ({ files, helpers }) => {
    const { report } = inCrew(files, helpers);
    expect(formatsOf(report)).toEqual(formatsOf(alone(files)));
    expect(report.coverage).toEqual(alone(files).coverage);
  });

  it('starts them with the first question that is one too many for a run alone, and asks all', () => {
    const request = { paths: [''], fileSystem: memoryFileSystem(entryPointFiles(8)) };
    const [all, none] = [1, 10_000].map((least) => lintInCrew(request, 2, undefined, least));
    expect([all?.started, none?.started, none?.answers]).toEqual([2, 0, 0]);
    const late = lintInCrew(request, 2, undefined, 5);
    expect([late.started, late.answers]).toEqual([2, all?.answers]);
    expect(formatsOf(late.report)).toEqual(formatsOf(alone(entryPointFiles(8))));
    expect(none?.report).toEqual(late.report);
  });

  it('says what it says alone, whatever of their answers gets lost', () => {
    const changes = fc
      .constantFrom(...Object.keys(variants))
      .chain((path) => fc.tuple(fc.constant(path), fc.constantFrom(...(variants[path] ?? []))));
    const first = Object.fromEntries(
      Object.entries(variants).flatMap(([path, [text]]) => (text === undefined ? [] : [[path, text]])),
    );
    fc.assert(
      fc.property(changes, fc.nat(), ([path, text], lost) => {
        const { [path]: _, ...others } = first;
        const files = text === undefined ? others : { ...others, [path]: text };
        // Nothing comes after the first that is lost is waited for, as from a thread that died.
        const { report } = inCrew(files, 2, (told) =>
          ((lost >> (told.question % 30)) & 1) === 1 ? undefined : told,
        );
        expect(formatsOf(report)).toEqual(formatsOf(alone(files)));
      }),
      { numRuns: 6 },
    );
  });

  it('finds nothing out again that they answered', () => {
    // What each build of Flux will be asked is guessed right.
    const files = entryPointFiles(8);
    const { result, calls } = countIn(() => inCrew(files, 1));
    const { calls: ofOne } = countIn(() => alone(files));
    expect(result.answers).toBeGreaterThan(20);
    // They do not know what the run knows of objects that are alike.
    for (const name of ['admitObject', 'evaluatePolicies'])
      expect(callsOf(name, calls)).toBeLessThanOrEqual(callsOf(name, ofOne) + result.answers);
  });

  const dearAt = (place: number): Arrive => {
    const spent = [{ place, cost: 1e9, isExceeded: false }];
    return ({ question, answered }) => ({ question, answered: answered && { ...answered, spent } });
  };

  it.each<[string, Arrive]>([
    ['has cost so much that a budget may have been used up', dearAt(0)],
    ['has a cost that no policy has', dearAt(-1)],
    ['cannot be told', ({ question }) => ({ question, answered: undefined })],
  ])('finds out itself, once, what %s', (_, arrive) => {
    const files = entryPointFiles(4);
    const { result, calls } = countIn(() => inCrew(files, 1, arrive));
    const { calls: ofOne } = countIn(() => alone(files));
    expect(callsOf('judgeUnit', calls)).toBe(callsOf('judgeUnit', ofOne));
    expect(formatsOf(result.report)).toEqual(formatsOf(alone(files)));
  });
});
