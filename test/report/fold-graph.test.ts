import { describe, expect, it } from 'vitest';
import type { ClusterGraph, GraphEdge, GraphNode } from '../../src/reconcile/graph.ts';
import { foldGraph } from '../../src/report/graph/fold-graph.ts';
import { findingsByNode } from '../../src/report/graph/node-findings.ts';
import { htmlReport } from '../../src/report/html/html.ts';
import { lintFiles } from '../support/lint-files.ts';

function node(name: string, kind = 'Kustomization'): GraphNode {
  const rest = { namespace: 'flux-system', source: '', objects: 1, releases: 0, notRendered: [] };
  return { kind, name, held: new Set<string>(), ...rest };
}

const applies = (from: number, to: number): GraphEdge => ({ from, to, waits: false });
const waitsFor = (from: number, to: number): GraphEdge => ({ from, to, waits: true });

function graph(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): ClusterGraph {
  return { name: 'prod', nodes, edges, shared: [] };
}

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `app-${index}`);

describe('a folded graph', () => {
  it('has one box for siblings, with the releases that each alone applies', () => {
    const apps = names(5).map((name) => node(name));
    const releases = names(5).map((name) => node(name, 'HelmRelease'));
    const edges = apps.flatMap((_, index) => [applies(0, index + 1), applies(index + 1, index + 6)]);
    const { boxes, edges: drawn } = foldGraph(graph([node('root'), ...apps, ...releases], edges));
    expect(boxes).toEqual([[0], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]);
    expect(drawn).toEqual([applies(0, 1)]);
  });

  it('leaves three of a kind, and what others wait for', () => {
    const edges = [1, 2, 3, 4, 5].map((to) => applies(0, to));
    const apps = names(5).map((name) => node(name));
    const three = foldGraph(graph([node('root'), ...apps.slice(0, 3)], edges.slice(0, 3)));
    expect(three.boxes).toHaveLength(4);
    const { boxes, edges: drawn } = foldGraph(graph([node('root'), ...apps], [...edges, waitsFor(2, 1)]));
    expect(boxes).toEqual([[0], [1], [2], [3], [4], [5]].slice(0, boxes.length));
    expect(drawn).toContainEqual(waitsFor(2, 1));
  });

  it('is read at a glance for eighty that wait for different ones', () => {
    const bases = names(6).map((name) => node(`base-${name}`));
    const apps = names(80).map((name) => node(name));
    const nodes = [node('root'), ...bases, ...apps];
    const edges = nodes.slice(1).map((_, index) => applies(0, index + 1));
    const waits = apps.map((_, index) => waitsFor(7 + index, 1 + (index % 6)));
    const more = apps.slice(0, 40).map((_, index) => waitsFor(7 + index, 1 + ((index * 5 + 1) % 6)));
    const { boxes } = foldGraph(graph(nodes, [...edges, ...waits, ...more]));
    expect(boxes.length).toBeLessThanOrEqual(24);
    expect(boxes.flat().sort((a, b) => a - b)).toEqual(nodes.map((_, index) => index));
  });
});

const deployed = {
  'clusters/prod/apps.yaml': names(6)
    .map(
      (name) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec: {interval: 1h, prune: true, path: ./${name}, sourceRef: {kind: GitRepository, name: flux-system}}
`,
    )
    .join('---\n'),
  ...Object.fromEntries(
    names(6).map((name, index) => [
      `${name}/map.yaml`,
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: web}\ndata: {a: ${index === 2 ? 1 : 'b'}}\n`,
    ]),
  ),
};

describe('the page', () => {
  const report = lintFiles(deployed);
  const page = htmlReport(report);

  it('counts at each node what is found of its objects', () => {
    const [cluster] = report.clusters;
    const found = cluster === undefined ? [] : findingsByNode(cluster, report);
    const byName = new Map(cluster?.nodes.map(({ name }, index) => [name, found[index]?.error]));
    expect(byName.get('app-2')).toBe(1);
    expect(byName.get('app-1')).toBe(0);
  });

  it('shows the siblings folded with what is found of them, and each by itself', () => {
    expect(page).toContain('6 Kustomizations</text>');
    expect(page).toMatch(/<g class="error"><rect [^>]*\/><text [^>]*>1 error<\/text>/u);
    expect(page).toContain('<summary>Each one separately (6)</summary>');
    expect(page).toContain('aria-label="Larger picture of ');
  });
});
