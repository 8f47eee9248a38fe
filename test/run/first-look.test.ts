import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/report/report.ts';
import { lookAt } from '../../src/run/first-look.ts';
import { judge } from '../../src/run/judge.ts';
import type { LintOptions } from '../../src/run/request.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { variants } from '../support/changing-files.ts';
import { workloadTrees } from '../support/random-workloads.ts';
import '../support/property-seed.ts';

type Files = Readonly<Record<string, string>>;

function asked(files: Files): LintOptions {
  return { fileSystem: memoryFileSystem(files), paths: [''], profile: 'all' };
}

const runs = (numRuns: number): { numRuns: number; endOnFailure: boolean } => ({
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? numRuns),
  endOnFailure: process.env['PROPERTY_SHRINK'] === undefined,
});

const placeOf = ({ rule, span }: Finding): string => `${rule} ${span.file.path} ${span.start}-${span.end}`;

/** What is found in a file at once, without the place. */
function foundAtOnce(files: Files, file: string): string[] {
  return (lookAt(asked(files), file)?.report.findings ?? []).map(
    ({ rule, message }) => `${rule}: ${message}`,
  );
}

/** What a look at each file finds that the whole run does not, though a build read the file. */
function takenBack(files: Files): string[] {
  const whole = judge(asked(files));
  const all = new Set(whole.report.findings.map(placeOf));
  const read = new Set([...whole.builds.values()].flatMap(({ inputs }) => inputs));
  return Object.keys(files)
    .filter((file) => read.has(file))
    .flatMap((file) => lookAt(asked(files), file)?.report.findings ?? [])
    .map(placeOf)
    .filter((place) => !all.has(place));
}

/** What makes objects wrong, in some files at least. */
const faults = [
  [/^( *)(- )?image:/gmu, '$1$2imagee: x\n$1image:'],
  [/replicas: \d+/gu, 'replicas: two'],
  [/^spec:$/gmu, 'spec:\n  wrong: true'],
  [/^kind: Service$/gmu, 'kind: Service\nwrong: true'],
] as const;

function faulty(files: Files, [pattern, text]: (typeof faults)[number]): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, before]) => [path, before.replaceAll(pattern, text)]),
  );
}

const webOf = (more: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "web:1.0.0"${more} }] }
`;

describe('a first look at a file', () => {
  it('finds what is wrong with its text, its fields and the files that it lists', () => {
    const files = {
      'app/kustomization.yaml': 'resources: [web.yaml, gone.yaml]\ncommonLabels: { a: b }\n',
      'app/web.yaml': webOf(', imagee: x, ports: [{ containerPort: eighty }]'),
      'plain/broken.yaml': 'apiVersion: v1\nkind: [\n',
      'plain/other.yaml': 'kind: ConfigMap\napiVersion: v1\nmetadata: { name: a }\ndatas: {}\n',
    };
    expect(foundAtOnce(files, 'app/kustomization.yaml')).toEqual([
      expect.stringContaining('file-missing'),
      expect.stringContaining('kustomization-field-deprecated'),
    ]);
    expect(foundAtOnce(files, 'plain/broken.yaml')).toEqual([expect.stringContaining('yaml-syntax')]);
    expect(foundAtOnce(files, 'plain/other.yaml')).toEqual([expect.stringContaining('unknown-field')]);
    const { 'app/kustomization.yaml': _, ...others } = files;
    const whole = { ...others, 'app/kustomization.yaml': 'resources: [web.yaml]\n' };
    expect(foundAtOnce(whole, 'app/web.yaml')).toEqual([
      expect.stringContaining('unknown-field'),
      expect.stringContaining('wrong-type'),
    ]);
  });

  it('finds what is wrong with the text of a patch, and nothing else of it', () => {
    const files = {
      'app/kustomization.yaml': 'resources: [web.yaml]\npatches: [{ path: patch.yaml }]\n',
      'app/web.yaml': webOf(''),
      'app/patch.yaml': `${webOf(', imagee: x')}kind: Service\n`,
    };
    expect(foundAtOnce(files, 'app/patch.yaml')).toEqual([expect.stringContaining('duplicate-key')]);
    expect(foundAtOnce({ ...files, 'app/patch.yaml': webOf(', imagee: x') }, 'app/patch.yaml')).toEqual([]);
  });

  it.each([
    [
      'a patch of its kind',
      {
        'app/kustomization.yaml': 'resources: [web.yaml]\npatches: [{ path: patch.yaml }]\n',
        'app/patch.yaml': webOf(''),
      },
    ],
    [
      'a patch from an overlay',
      {
        'app/kustomization.yaml': 'resources: [web.yaml]\n',
        'over/kustomization.yaml': 'resources: [../app]\npatches: [{ target: { name: web }, patch: "[]" }]\n',
      },
    ],
    [
      'a controller that patches',
      {
        'app/kustomization.yaml': 'resources: [web.yaml]\n',
        'flux.yaml':
          'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a, namespace: b }\nspec: { path: app, interval: 1m, prune: true, patches: [] }\n',
      },
    ],
    ['nobody who lists it', { 'app/kustomization.yaml': 'resources: []\n' }],
    [
      'a configuration that leaves it out',
      { 'cdb-lint.yaml': 'ignore: [app/]\n', 'app/kustomization.yaml': 'resources: [web.yaml]\n' },
    ],
  ])('says nothing of an object with %s', (_, files) => {
    expect(foundAtOnce({ ...files, 'app/web.yaml': webOf(', imagee: x') }, 'app/web.yaml')).toEqual([]);
  });

  it('finds nothing that the whole run takes back', () => {
    fc.assert(
      fc.property(workloadTrees, fc.constantFrom(...faults), (files, fault) => {
        expect(takenBack(faulty(files, fault))).toEqual([]);
      }),
      runs(25),
    );
    const choices = fc.record(
      Object.fromEntries(
        Object.keys(variants).map((path) => [path, fc.nat((variants[path]?.length ?? 1) - 1)]),
      ),
    );
    fc.assert(
      fc.property(
        choices,
        fc.constantFrom(...Object.keys(variants)),
        fc.boolean(),
        (choice, broken, isBroken) => {
          const files = Object.fromEntries(
            Object.entries(choice).flatMap(([path, variant]) => {
              const text = variants[path]?.[variant];
              return text === undefined
                ? []
                : [[path, isBroken && path === broken ? `${text}broken: [\n` : text]];
            }),
          );
          expect(takenBack(files)).toEqual([]);
        },
      ),
      runs(40),
    );
  }, 180_000);
});
