import { describe, expect, it } from 'vitest';
import { lint } from '../../src/run/judge.ts';
import { isWhole, type Partial } from '../../src/run/partial.ts';
import { buildShard, mergeShards } from '../../src/run/shard.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

type Files = Readonly<Record<string, string>>;

// Few objects, for shard.test.ts takes too long for a run with each change.
const web = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: gone}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: "web:latest"}]}
`;
const three: Files = {
  'a/kustomization.yaml': 'resources: [web.yaml]\n',
  'a/web.yaml': web,
  'b/kustomization.yaml': 'resources: [web.yaml]\n',
  'b/web.yaml': web,
  'plain/web.yaml': web,
};

/** What shards of a repository write, as it comes out of their files. */
function shardsOf(files: Files, count: number): Partial[] {
  return Array.from({ length: count }, (_, index) => {
    const written = buildShard(
      { fileSystem: memoryFileSystem(files), paths: [''] },
      { index: index + 1, count },
    );
    return JSON.parse(JSON.stringify(written)) as Partial;
  });
}

function merged(partials: readonly Partial[], files = three): ReturnType<typeof mergeShards> {
  return mergeShards({ fileSystem: memoryFileSystem(files), paths: [''] }, partials);
}

function messagesOf({ report }: Pick<ReturnType<typeof mergeShards>, 'report'>): string[] {
  return report.findings.map(({ message }) => message);
}

/** With other words, by which it is seen who takes them. */
function reworded<Part>(part: Part, words: string, others: string): Part {
  return JSON.parse(JSON.stringify(part).replaceAll(words, others)) as Part;
}

function without(part: Partial, name: 'answers' | 'results'): Partial {
  return name === 'answers'
    ? { ...part, answers: { ...part.answers, answers: [] } }
    : { ...part, results: { ...part.results, units: [] } };
}

const rootsOf = ({ builds }: Partial): string[] =>
  builds.builds.map(({ options }) => (JSON.parse(options) as [string])[0]);
const unitsOf = ({ results }: Partial): string[] =>
  results.units.map(({ words }) =>
    (JSON.parse((JSON.parse(words) as [string])[0]) as string[]).join(' ').trim(),
  );

/** Clusters that Flux applies, with some directories each. */
function fleet(clusters: Readonly<Record<string, readonly string[]>>, largest?: string): Files {
  const files: Record<string, string> = {};
  for (const [cluster, folders] of Object.entries(clusters)) {
    const applied = folders.map(
      (folder) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${folder}, namespace: flux-system}
spec:
  interval: 10m
  path: ./tenants/${cluster}/${folder}
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
---
`,
    );
    files[`clusters/${cluster}/apps.yaml`] = `${applied.join('')}apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m, url: "https://example.com/org/fleet", ref: {branch: main}}
`;
    for (const folder of folders) {
      const path = `tenants/${cluster}/${folder}`;
      files[`${path}/kustomization.yaml`] = `namespace: ${folder}\nresources: [web.yaml]\n`;
      files[`${path}/web.yaml`] = web + (path === largest ? `# ${'-'.repeat(20_000)}\n` : '');
    }
  }
  return files;
}

describe('a shard', () => {
  it('builds its own, and says what is found there', () => {
    const partials = shardsOf(three, 2);
    expect(partials.map(rootsOf).sort()).toEqual([['a'], ['b']]);
    expect(partials.map(unitsOf).sort()).toEqual([['root a'], ['root b']]);
    expect(partials.map(({ results }) => results.units.map(({ objects }) => objects.length))).toEqual([
      [2],
      [2],
    ]);
    expect(partials.map(({ version }) => version)).toEqual([1, 1]);
    expect(partials.every(isWhole)).toBe(true);
  });

  it('says what was spent on that', () => {
    const partials = shardsOf({ ...three, 'b/web.yaml': '' }, 2);
    const spentOn = (root: string): Partial['results']['spent'] | undefined =>
      partials.find((one) => rootsOf(one).includes(root))?.results.spent;
    for (const name of ['mostOfOne', 'costly', 'effort'] as const)
      expect(spentOn('a')?.[name]).toBeGreaterThan(spentOn('b')?.[name] ?? 0);
  });

  it('takes clusters whole, with what others build, but none that is most of a repository', () => {
    const files = fleet({ c0: ['x', 'y'], c1: ['x', 'y'], c2: ['x', 'y'] });
    const partials = shardsOf(files, 3);
    expect(partials.map((one) => [rootsOf(one), unitsOf(one)])).toEqual([
      [
        ['tenants/c0/x', 'tenants/c1/y'],
        ['cluster clusters/c0', 'cluster clusters/c1'],
      ],
      [['tenants/c0/y', 'tenants/c2/x'], ['cluster clusters/c2']],
      [['tenants/c1/x', 'tenants/c2/y'], []],
    ]);
    const objects = partials.flatMap(({ results }) => results.units.map(({ resources }) => resources.length));
    expect(objects).toEqual([4, 4, 4]);
    const large = shardsOf(fleet({ c0: ['x'], c1: ['x'], c2: ['x'] }, 'tenants/c0/x'), 3);
    expect(large.flatMap(rootsOf).sort()).toEqual(['tenants/c0/x', 'tenants/c1/x', 'tenants/c2/x']);
    expect(large.flatMap(unitsOf).sort()).toEqual(['cluster clusters/c1', 'cluster clusters/c2']);
  });

  it('leaves what no kustomization lists to whoever merges, in a root that is built as well', () => {
    const files = { 'kustomization.yaml': 'resources: [web.yaml]\n', 'web.yaml': web, 'plain/web.yaml': web };
    expect(shardsOf(files, 1).map(unitsOf)).toEqual([['root']]);
  });

  it('builds nothing of the others but what it needs for its own clusters', () => {
    const clusters = { c0: ['x', 'y'], c1: ['x', 'y'], c2: ['x', 'y'] };
    const files = Object.entries(fleet(clusters)).map(([path, text]) => [
      path,
      text.replace('web:latest', `${path.replaceAll('/', '-')}:latest`),
    ]);
    const written = shardsOf(Object.fromEntries(files), 3).map((one) => JSON.stringify(one));
    const rendered = written.map((one) =>
      ['c0', 'c1', 'c2'].flatMap((name) =>
        ['x', 'y']
          .filter((folder) => one.includes(`image tenants-${name}-${folder}-web.yaml:latest`))
          .map((folder) => `${name}/${folder}`),
      ),
    );
    expect(rendered).toEqual([
      ['c0/x', 'c0/y', 'c1/x', 'c1/y'],
      ['c0/y', 'c2/x', 'c2/y'],
      ['c1/x', 'c2/y'],
    ]);
  });

  it('takes a cluster whole that Flux applies through a link', () => {
    const {
      'tenants/c0/x/web.yaml': _,
      'tenants/c0/x/kustomization.yaml': __,
      ...files
    } = fleet({ c0: ['x'] });
    const there = memoryFileSystem({ ...files, 'real/web.yaml': web });
    const followed = (path: string): string => path.replace(/^tenants\/c0\/x(?=\/|$)/u, 'real');
    const fileSystem = {
      read: (path: string) => there.read(followed(path)),
      list: (path: string) => there.list(followed(path)),
      kind: (path: string) => there.kind(followed(path)),
      realPath: (path: string) => there.realPath(followed(path)),
    };
    const one = buildShard({ fileSystem, paths: [''] }, { index: 1, count: 1 });
    expect(unitsOf(one)).toEqual(['cluster clusters/c0']);
  });

  it('writes no string of a Secret, wherever it stands', () => {
    const secretOf = (word: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {password: quite-a-Secret-${word}}\n`;
    const mapOf = (...words: string[]): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\ndata: {${words.map((one) => `${one}: quite-a-Secret-${one}`).join()}}\n`;
    const files = {
      'a/kustomization.yaml': 'resources: [map.yaml, ../base]\n',
      'a/map.yaml': mapOf('base', 'plain', 'none'),
      'base/kustomization.yaml': 'resources: [secret.yaml]\n',
      'base/secret.yaml': secretOf('base'),
      'plain/secret.yaml': secretOf('plain'),
    };
    const written = JSON.stringify(shardsOf(files, 1));
    expect(written).toContain('map');
    for (const word of ['base', 'plain']) expect(written).not.toContain(`quite-a-Secret-${word}`);
  });
});

describe('whoever merges shards', () => {
  it('says what a run says that is not split', () => {
    const partials = shardsOf(three, 2);
    const alone = lint({ fileSystem: memoryFileSystem(three), paths: [''] });
    expect(merged(partials).report).toEqual(alone);
    expect(merged(partials).sources.limits.shards).toBe(2);
  });

  it('takes what they have built', () => {
    const partials = reworded(shardsOf(three, 2), '"gone"', '"went"');
    const selects = messagesOf(merged(partials)).filter((message) => message.startsWith('Service web'));
    const words = selects.map((message) => /app=(\w+)/u.exec(message)?.[1]).sort();
    expect(words).toEqual(['gone', 'went', 'went']);
  });

  it.each(['answers', 'results'] as const)('takes what they have found without their %s', (name) => {
    const partials = reworded(shardsOf(three, 2), 'may run as root', 'runs as root').map((one) =>
      without(one, name),
    );
    const roots = messagesOf(merged(partials)).filter((message) => message.endsWith('as root'));
    // What is answered of a content counts for the file that nobody builds as well.
    expect(roots.filter((message) => message.includes('runs'))).toHaveLength(name === 'answers' ? 2 : 3);
  });

  type Budgets = ReturnType<typeof mergeShards>['budgets'];

  it.each<[string, (budgets: Budgets) => number]>([
    ['mostOfOne', ({ allowance, mostOfOne }) => 100_000_000 * allowance() - 1 - mostOfOne],
    ['costly', ({ allowance, costly }) => 150_000_000 * allowance() - 1 - costly],
    ['effort', ({ effort }) => effort.allowed - effort.done],
  ])('takes nothing of what was found if they may have reached a limit together: %s', (name, leftOf) => {
    const partials = reworded(shardsOf(three, 2), 'may run as root', 'runs as root').map((one) =>
      without(one, 'answers'),
    );
    const spending = (...spent: number[]): ReturnType<typeof mergeShards> =>
      merged(
        partials.map((one, index) => {
          const all = { mostOfOne: 0, costly: 0, effort: 0, [name]: spent[index] };
          return { ...one, results: { ...one.results, spent: all } };
        }),
      );
    const isTaken = (...spent: number[]): boolean =>
      messagesOf(spending(...spent)).includes('container web runs as root');
    const left = leftOf(spending(0, 0).budgets);
    expect(isTaken(left, 0)).toBe(true);
    expect(isTaken(left + 1, 0)).toBe(false);
    expect(isTaken(0, left + 1)).toBe(false);
    expect(isTaken(left - 10, 11)).toBe(false);
  });
});
