import { describe, expect, it } from 'vitest';
import { newRunBudgets } from '../../src/admit/policy/run-budget.ts';
import { pairClusters } from '../../src/change/cluster-pair.ts';
import { newPlaying, type Playing, type Update, updateOf } from '../../src/change/updates.ts';
import { judgeChange, sideOf } from '../../src/run/judge-change.ts';
import { judgeTwo } from '../../src/run/judge-two.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { callsOf, countIn } from '../support/call-counts.ts';
import type { Files } from '../support/plan-files.ts';

const base = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      serviceAccountName: web
      containers:
        - name: web
          image: example.com/web:1.0
          args: [serve, --port=80]
          env:
            - { name: MODE, value: fast }
            - { name: LEVEL, value: info }
          envFrom: [{ configMapRef: { name: web } }]
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: web }
data: { MODE: a }
`;

const overlay = (index: number, more = ''): string =>
  `resources: [../base]\nnamespace: n${index}\nnamePrefix: o${index}-\nlabels: [{ pairs: { team: t${index} } }]\n${more}`;

const patch = (text: string): string =>
  `patches: [{ target: { kind: Deployment }, patch: '${JSON.stringify([{ op: 'replace', ...JSON.parse(text) }])}' }]\n`;

/** What overlays set: nothing, or what the base sets before or after an edit, or something else. */
const overlays: readonly string[] = [
  '',
  '',
  'images: [{ name: example.com/web, newTag: "1.0" }]\n',
  'images: [{ name: example.com/web, newTag: "1.1" }]\n',
  'images: [{ name: example.com/web, newTag: "3.0" }]\n',
  'images: [{ name: example.com/web, newTag: latest }]\n',
  'replicas: [{ name: web, count: 2 }]\n',
  'replicas: [{ name: web, count: 5 }]\n',
  patch('{"path": "/spec/template/spec/containers/0/env/0/value", "value": "slow"}'),
  patch('{"path": "/spec/template/spec/containers/0/env/1/value", "value": "fast"}'),
  patch('{"path": "/spec/template/spec/containers/0/args/0", "value": "run"}'),
  'patches: [{ patch: "{kind: Deployment, apiVersion: apps/v1, metadata: {name: web}, spec: {template: {spec: {containers: [{name: web, env: [{name: MODE, value: slow}]}]}}}}" }]\n',
  patch('{"path": "/spec/template/spec/serviceAccountName", "value": "other"}'),
  patch('{"path": "/spec/selector/matchLabels/app", "value": "other"}'),
];

const edits: Readonly<Record<string, readonly string[]>> = {
  'an image': ['web:1.0', 'web:1.1'],
  'the number of pods': ['replicas: 2', 'replicas: 5'],
  'no number of pods any more': ['  replicas: 2\n', ''],
  'the value of a variable': ['value: fast', 'value: slow'],
  'the order of variables': [
    '{ name: MODE, value: fast }\n            - { name: LEVEL, value: info }',
    '{ name: LEVEL, value: info }\n            - { name: MODE, value: fast }',
  ],
  'variables in another order with other values': [
    '{ name: MODE, value: fast }\n            - { name: LEVEL, value: info }',
    '{ name: LEVEL, value: fast }\n            - { name: MODE, value: info }',
  ],
  'variables in another order, one with another value': [
    '{ name: MODE, value: fast }\n            - { name: LEVEL, value: info }',
    '{ name: LEVEL, value: info }\n            - { name: MODE, value: none }',
  ],
  'a word of the command line': ['[serve,', '[run,'],
  'the account': ['serviceAccountName: web', 'serviceAccountName: other'],
  'no account any more': ['      serviceAccountName: web\n', ''],
  'the selector': ['{ matchLabels: { app: web } }', '{ matchLabels: { app: other } }'],
  'the strategy': ['  replicas: 2', '  replicas: 2\n  strategy: { type: Recreate }'],
  'an image and the number of pods': ['2\n', '5\n', 'web:1.0', 'web:1.1'],
  'two variables': ['value: fast', 'value: slow', 'value: info', 'value: fast'],
  'two words of the command line': ['[serve, --port=80]', '[run, --port=81]'],
  'an image and the account': ['web:1.0', 'web:1.1', 'Name: web', 'Name: other'],
  'a field as it is by default': ['  replicas: 2', '  replicas: 2\n  revisionHistoryLimit: 10'],
};

function tree(text: string, some: readonly number[]): Files {
  return {
    'base/kustomization.yaml': 'resources: [a.yaml]\n',
    'base/a.yaml': text,
    ...Object.fromEntries(
      some.map((index) => [
        `o${index}/kustomization.yaml`,
        overlay(index, overlays[index % overlays.length]),
      ]),
    ),
  };
}

/** What becomes of the objects of all overlays, played with what is known of those alike, and each by itself. */
function playBoth(edited: string): readonly (readonly Update[])[] {
  const before = memoryFileSystem(tree(base, all));
  const after = memoryFileSystem(tree(edited, all));
  const judged = judgeTwo({ fileSystem: after, paths: [''] }, { files: () => before });
  const clusters = pairClusters(sideOf('base', judged.base), sideOf('head', judged.head));
  const known = newPlaying(newRunBudgets());
  const alone: Playing = { ...known, alike: (_sent, _world, find) => find() };
  return [known, alone].map((playing) =>
    clusters.flatMap((cluster) =>
      cluster.objects.flatMap(({ base: old, head: next }) =>
        old === undefined || next === undefined ? [] : [updateOf(old, next, cluster, playing)],
      ),
    ),
  );
}

const all = overlays.map((_, index) => index);

describe('an edit of a base does to each overlay what it does to it alone', () => {
  it.each(Object.entries(edits))('%s', (_, [from = '', to = '', second = '', other = '']) => {
    const edited = base.replace(from, to).replace(second, other);
    expect(edited).not.toBe(base);
    const [known, alone] = playBoth(edited);
    expect(known).toHaveLength(3 * all.length);
    expect(known).toEqual(alone);
  });
});

it('what an edit of a base does to overlays is played once for those alike', () => {
  const played = (count: number): number => {
    const some = Array.from({ length: count }, (_, index) => index * overlays.length);
    const head = memoryFileSystem(tree(base.replace('web:1.0', 'web:1.1'), some));
    const before = { files: () => memoryFileSystem(tree(base, some)) };
    const judged = judgeTwo({ fileSystem: head, paths: [''] }, before);
    const names = { base: { name: 'base' }, head: { name: 'head' } };
    const { result, calls } = countIn(() => judgeChange({ ...judged, names }));
    expect(result.objects).toHaveLength(count);
    return callsOf('playedUpdate', calls);
  };
  expect(played(4)).toBe(1);
  expect(played(16)).toBe(1);
});
