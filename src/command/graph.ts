import { loadConfiguration } from '../configuration/load-configuration.ts';
import { clusterGraph } from '../reconcile/graph.ts';
import { nameRedactor, textRedactor } from '../report/finding/redact.ts';
import { drawGraph, graphFormats } from '../report/graph/draw-graph.ts';
import { redactedGraph } from '../report/graph/redacted-graph.ts';
import { secretsIn } from '../run/secrets.ts';
import { openSources } from '../source/load.ts';
import { surveyClusters } from '../survey/clusters.ts';
import { complain, type ExitCode, type Io, say } from './io.ts';
import type { Invocation } from './options.ts';
import { type Command, root } from './options.ts';
import { isMissing, reportFindings } from './rendering.ts';

export const command: Command = {
  name: 'graph',
  synopsis: 'cdb-lint graph [DIR]',
  words: 'draw what Flux and Argo CD deploy, and in which order (default: .)',
  examples: [
    ['cdb-lint graph', 'as Mermaid, which GitHub renders'],
    ['cdb-lint graph --format svg > deployment.svg', 'as an image, light and dark'],
    ['cdb-lint graph clusters/prod --format dot | dot -Tpng', 'one cluster, with Graphviz'],
  ],
  operands: { min: 0, max: 1, name: 'DIR' },
  options: [
    {
      name: 'format',
      value: 'NAME',
      words: 'mermaid (default), dot or svg',
      oneOf: ['mermaid', 'dot', 'svg'],
    },
    root,
  ],
  run: runGraph,
};

/** Prints what applies what, and what waits for what. */
function runGraph(invocation: Invocation, io: Io): ExitCode {
  const directory = invocation.operands[0] ?? '.';
  const { fileSystem, inside } = io.files.repository(directory, invocation.option('root'));
  if (isMissing(directory, fileSystem, inside(directory), io)) return 2;
  const sources = openSources(fileSystem);
  const path = inside(directory);
  const { configuration, diagnostics } = loadConfiguration(sources, path);
  const { found, clusters } = surveyClusters(sources, path, configuration);
  const said = [...diagnostics, ...found.diagnostics];
  const secrets = secretsIn(
    sources,
    said,
    clusters.map(({ declared, reconciliations }) => ({
      resources: [...declared, ...reconciliations.flatMap(({ declaration }) => declaration ?? [])],
      inputs: [],
    })),
  );
  reportFindings(said, io, secrets);
  if (clusters.length === 0)
    return complain(
      io,
      `neither Flux nor Argo CD deploys anything below ${directory}`,
      'use a directory that contains their objects',
    );
  const format = graphFormats.find((one) => one === invocation.option('format')) ?? 'mermaid';
  const redact = nameRedactor(secrets);
  const redactName = textRedactor(secrets.names);
  const graphs = clusters.map((cluster) => redactedGraph(clusterGraph(cluster), redact, redactName));
  say(io, drawGraph(graphs, format));
  return said.some(({ unchecked }) => unchecked !== undefined) ? 2 : 0;
}
