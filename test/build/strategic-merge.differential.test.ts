import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { builtinMergeSchemas } from '../../src/build/merge-schema.ts';
import { isProblem } from '../../src/build/problem.ts';
import { mergeStrategic } from '../../src/build/strategic-merge.ts';
import { originOfDocument, type Tracked } from '../../src/object/provenance.ts';
import { parseDocuments } from '../../src/source/parse.ts';
import { isMapping, type Mapping } from '../../src/source/value.ts';
import { mappingsOf, toValue } from '../support/values.ts';

/** Renders a directory with the kustomize that is installed, if any. */
function findOracle(): ((directory: string) => string) | undefined {
  for (const [command, ...args] of [
    ['kustomize', 'build'],
    ['kubectl', 'kustomize'],
  ] as const) {
    try {
      execFileSync(command, ['version', ...(command === 'kubectl' ? ['--client'] : [])], { stdio: 'ignore' });
    } catch {
      continue;
    }
    return (directory) =>
      execFileSync(command, [...args, directory], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: 'pipe' });
  }
  return undefined;
}

const oracle = findOracle();

type Plain = Record<string, unknown>;

const name = fc.constantFrom('a', 'b', 'c');
const scalar = fc.oneof(
  fc.constantFrom<unknown>('x', 'y', '', '1', 'true', null, 1, 2, true, false, 1.5),
  fc.constantFrom<unknown>('x', 1),
);
const stringMap = fc.dictionary(name, fc.oneof(fc.constantFrom<unknown>('x', 'z', '1'), fc.constant(null)), {
  maxKeys: 3,
});

function partial(
  fields: Record<string, fc.Arbitrary<unknown>>,
  required: string[] = [],
): fc.Arbitrary<Plain> {
  return fc.record(fields, { requiredKeys: required }) as fc.Arbitrary<Plain>;
}

/** Lists and mappings that may be null, and in a patch carry directives. */
function optional(inner: fc.Arbitrary<unknown>, inPatch: boolean): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 8, arbitrary: inner }, { weight: inPatch ? 1 : 0, arbitrary: fc.constant(null) });
}

const directive = fc.constantFrom('delete', 'replace', 'merge');

function directed(inner: fc.Arbitrary<Plain>, inPatch: boolean): fc.Arbitrary<Plain> {
  if (!inPatch) return inner;
  const marked = fc.tuple(inner, directive).map(([value, $patch]) => ({ ...value, $patch }));
  return fc.oneof({ weight: 8, arbitrary: inner }, { weight: 1, arbitrary: marked });
}

function listOf(item: fc.Arbitrary<unknown>, inPatch: boolean): fc.Arbitrary<unknown> {
  const list = fc.array(item, { maxLength: 4 });
  if (!inPatch) return list;
  const marked = fc.tuple(list, directive, fc.boolean()).map(([items, $patch, first]) => {
    return first ? [{ $patch }, ...items] : [...items, { $patch }];
  });
  return optional(fc.oneof({ weight: 6, arbitrary: list }, { weight: 1, arbitrary: marked }), inPatch);
}

function container(inPatch: boolean): fc.Arbitrary<Plain> {
  const port = partial(
    {
      containerPort: fc.constantFrom(80, 81, 82),
      protocol: fc.constantFrom('TCP', 'UDP'),
      name,
      hostPort: scalar,
    },
    ['containerPort'],
  );
  const env = partial({ name, value: scalar, valueFrom: partial({ fieldRef: stringMap }) }, ['name']);
  const mount = partial({ mountPath: fc.constantFrom('/a', '/b'), name, readOnly: scalar }, ['mountPath']);
  return directed(
    partial(
      {
        name,
        image: scalar,
        command: optional(fc.array(scalar, { maxLength: 3 }), inPatch),
        env: listOf(directed(env, inPatch), inPatch),
        ports: listOf(directed(port, inPatch), inPatch),
        volumeMounts: listOf(directed(mount, inPatch), inPatch),
        resources: optional(partial({ limits: stringMap, requests: stringMap }), inPatch),
        unknownList: fc.array(partial({ name, value: scalar }), { maxLength: 2 }),
      },
      ['name'],
    ),
    inPatch,
  );
}

function deployment(inPatch: boolean): fc.Arbitrary<Plain> {
  const toleration = partial({ key: name, operator: scalar, value: scalar });
  const constraint = partial(
    { topologyKey: name, whenUnsatisfiable: fc.constantFrom('X', 'Y'), maxSkew: scalar },
    ['topologyKey'],
  );
  const volume = partial({ name, emptyDir: stringMap, configMap: partial({ name, optional: scalar }) }, [
    'name',
  ]);
  const pod = partial({
    containers: listOf(container(inPatch), inPatch),
    initContainers: listOf(container(inPatch), inPatch),
    volumes: listOf(directed(volume, inPatch), inPatch),
    tolerations: optional(fc.array(toleration, { maxLength: 2 }), inPatch),
    topologySpreadConstraints: listOf(directed(constraint, inPatch), inPatch),
    nodeSelector: optional(directed(stringMap, inPatch), inPatch),
    imagePullSecrets: listOf(partial({ name }, ['name']), inPatch),
    hostNetwork: scalar,
  });
  const metadata = partial({ labels: stringMap, annotations: stringMap });
  return fc.record({
    finalizers: fc.option(fc.array(name, { maxLength: 3 }), { nil: undefined }),
    labels: fc.option(optional(stringMap, inPatch), { nil: undefined }),
    spec: directed(
      partial({
        replicas: scalar,
        strategy: optional(directed(partial({ type: scalar, rollingUpdate: stringMap }), inPatch), inPatch),
        template: optional(directed(partial({ metadata, spec: pod }), inPatch), inPatch),
      }),
      inPatch,
    ),
  });
}

function complete(index: number, { finalizers, labels, spec }: Plain): Plain {
  const metadata: Plain = { name: `d${index}` };
  if (finalizers !== undefined) metadata['finalizers'] = finalizers;
  if (labels !== undefined) metadata['labels'] = labels;
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec };
}

/** Every other object as JSON: a setter keeps the quotes of what it sets, and with them the type. */
function textOf(objects: readonly Plain[]): string {
  const texts = objects.map((object, index) =>
    index % 3 === 0 ? JSON.stringify(object) : stringify(object),
  );
  return texts.join('\n---\n');
}

function parsed(text: string, by: string): Tracked<Mapping>[] {
  return parseDocuments({ path: by, text }, 'kustomize').documents.map(({ value, positions }) => {
    if (!isMapping(value)) throw new Error('no mapping');
    return { value, origin: originOfDocument(by, positions) };
  });
}

function render(directory: string, targets: string, patches: string): Map<string, unknown> {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'resources.yaml'), targets);
  writeFileSync(join(directory, 'patches.yaml'), patches);
  writeFileSync(
    join(directory, 'kustomization.yaml'),
    'resources: [resources.yaml]\npatches:\n- path: patches.yaml\n',
  );
  const output = oracle?.(directory) ?? '';
  return new Map(mappingsOf(output).map((object) => [String((object['metadata'] as Plain)['name']), object]));
}

test.skipIf(oracle === undefined)(
  'merges random patches into random Deployments as kustomize does',
  () => {
    const runs = Number(process.env['MERGE_RUNS'] ?? 1);
    for (let run = 0; run < runs; run++) {
      const seed = run + Number(process.env['MERGE_SEED'] ?? 1);
      const samples = fc.sample(fc.tuple(deployment(false), deployment(true)), { numRuns: 150, seed });
      const pairs = samples.map(
        ([target, patch], index) => [complete(index, target), complete(index, patch)] as const,
      );
      const directory = mkdtempSync(join(tmpdir(), 'merge-'));
      try {
        const targets = textOf(pairs.map(([target]) => target));
        const patches = textOf(pairs.map(([, patch]) => patch).toReversed());
        const expected = render(directory, targets, patches);
        const parsedPatches = parsed(patches, 'patches').toReversed();
        for (const [index, target] of parsed(targets, 'resources').entries()) {
          const patch = parsedPatches[index];
          if (patch === undefined) throw new Error('a patch is missing');
          const merged = mergeStrategic(target, patch, builtinMergeSchemas);
          const actual = merged === undefined || isProblem(merged) ? merged : merged.value;
          expect(toValue(actual), JSON.stringify(pairs[index])).toEqual(toValue(expected.get(`d${index}`)));
        }
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    }
  },
  120_000,
);
