import { describe, expect, it } from 'vitest';
import { clusterGraph } from '../../src/reconcile/graph.ts';
import { drawGraph } from '../../src/report/graph/draw-graph.ts';
import { readXml } from '../support/read-xml.ts';
import { configMap, discoverFiles, fluxKustomization } from './discover-files.ts';

const graphs = discoverFiles({
  'clusters/prod/flux-system/sync.yaml': fluxKustomization('flux-system', './clusters/prod'),
  'clusters/prod/a.yaml': fluxKustomization('a', './apps'),
  'clusters/prod/b.yaml': fluxKustomization('"]b', './apps', 'dependsOn: [{ name: a }]').replace(
    '"]b',
    "'\"]b'",
  ),
  'apps/a.yaml': configMap('a', 'k: v'),
}).clusters.map(clusterGraph);

it('draws Mermaid in which no name can end its label', () => {
  expect(drawGraph(graphs, 'mermaid').split('\n')).toEqual([
    'flowchart LR',
    '  subgraph c0["prod"]',
    '  c0_0["flux-system<br/>clusters/prod<br/>3 objects"]',
    '  c0_1["__b<br/>apps<br/>1 object"]',
    '  c0_2["a<br/>apps<br/>1 object"]',
    '  end',
    '  c0_0 --> c0_1',
    '  c0_0 --> c0_2',
    '  c0_1 -.-> c0_2',
    '',
  ]);
});

it('draws DOT', () => {
  const text = drawGraph(graphs, 'dot');
  expect(text).toContain('c0_2 [shape=box,label="a\\napps\\n1 object"];');
  expect(text).toContain('c0_1 -> c0_2 [style=dotted];');
});

describe('HelmReleases', () => {
  const release = (name: string, ...spec: readonly string[]): string =>
    [
      'apiVersion: helm.toolkit.fluxcd.io/v2',
      'kind: HelmRelease',
      `metadata: { name: ${name}, namespace: app }`,
      'spec:',
      '  chart: { spec: { chart: redis, version: 6.x, sourceRef: { kind: HelmRepository, name: charts } } }',
      ...spec.map((line) => `  ${line}`),
      '',
    ].join('\n');
  const drawn = (count: number): string[] => {
    const releases = Array.from({ length: count }, (_, index) => [
      `apps/${index}.yaml`,
      release(`r${index}`, ...(index === 1 ? ['dependsOn: [{ name: r0 }]'] : [])),
    ]);
    const { clusters } = discoverFiles({
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      ...Object.fromEntries(releases),
    });
    return drawGraph(clusters.map(clusterGraph), 'mermaid')
      .split('\n')
      .map((line) => line.trim());
  };

  it('are behind what applies them, and wait for each other', () => {
    expect(drawn(2)).toEqual([
      'flowchart LR',
      'subgraph c0["prod"]',
      'c0_0["apps<br/>apps<br/>2 objects"]',
      'c0_1(["r0<br/>redis 6.x charts<br/>HelmRelease"])',
      'c0_2(["r1<br/>redis 6.x charts<br/>HelmRelease"])',
      'end',
      'c0_0 --> c0_1',
      'c0_0 --> c0_2',
      'c0_2 -.-> c0_1',
      '',
    ]);
  });

  it('are counted where there are many, but for those with an order', () => {
    const lines = drawn(80);
    expect(lines).toContain('c0_0["apps<br/>apps<br/>80 objects, 78 HelmReleases"]');
    expect(lines.filter((line) => line.includes('(["'))).toHaveLength(2);
    expect(lines).toContain('c0_2 -.-> c0_1');
  });
});

describe('SVG', () => {
  const text = drawGraph(graphs, 'svg');
  const left = (name: string): number =>
    Number(new RegExp(`<text x="(\\d+)"[^>]*>${name}</text>`, 'u').exec(text)?.[1]);

  it('is well-formed and holds nothing of a name but text', () => {
    expect(readXml(text).name).toBe('svg');
    expect(text).toContain('&quot;]b');
    expect(text.match(/<g><title>/gu)).toHaveLength(3);
  });

  it('draws what is waited for left of who waits, dotted', () => {
    expect(left('flux-system')).toBeLessThan(left('a'));
    expect(left('a')).toBeLessThan(left('&quot;\\]b'));
    expect(text.match(/<path d="M[^>]*stroke-dasharray="3 4"/gu)).toHaveLength(1);
    // That flux-system applies b as well follows from the two others.
    expect(text.match(/<path d="M[^>]*marker-end/gu)).toHaveLength(2);
  });

  it('ends where the graph is a circle', () => {
    const nodes = [0, 1, 2].map((index) => ({
      kind: 'Kustomization',
      name: `n${index}`,
      namespace: 'x',
      source: '',
      objects: 1,
      releases: 0,
      notRendered: [],
      held: new Set<string>(),
    }));
    const edges = [0, 1, 2].map((from) => ({ from, to: (from + 1) % 3, waits: true }));
    expect(readXml(drawGraph([{ name: 'c', nodes, edges, shared: [] }], 'svg')).name).toBe('svg');
  });
});
