import { expect, it } from 'vitest';
import { drawClusters } from '../../src/reconcile/draw.ts';
import { configMap, discoverFiles, fluxKustomization } from './discover-files.ts';

const { clusters } = discoverFiles({
  'clusters/prod/flux-system/sync.yaml': fluxKustomization('flux-system', './clusters/prod'),
  'clusters/prod/a.yaml': fluxKustomization('a', './apps'),
  'clusters/prod/b.yaml': fluxKustomization('"]b', './apps', 'dependsOn: [{ name: a }]').replace(
    '"]b',
    "'\"]b'",
  ),
  'apps/a.yaml': configMap('a', 'k: v'),
});

it('draws Mermaid in which no name can end its label', () => {
  expect(drawClusters(clusters, 'mermaid').split('\n')).toEqual([
    'flowchart LR',
    '  subgraph c0["prod"]',
    '  c0_0["flux-system<br/>clusters/prod<br/>3 objects"]',
    '  c0_1["__b<br/>apps<br/>1 objects"]',
    '  c0_2["a<br/>apps<br/>1 objects"]',
    '  end',
    '  c0_0 --> c0_1',
    '  c0_0 --> c0_2',
    '  c0_1 -.-> c0_2',
    '',
  ]);
});

it('draws DOT', () => {
  const text = drawClusters(clusters, 'dot');
  expect(text).toContain('c0_2 [shape=box,label="a\\napps\\n1 objects"];');
  expect(text).toContain('c0_1 -> c0_2 [style=dotted];');
});
