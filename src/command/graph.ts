import { openBuilder } from '../build/build.ts';
import { findEntryPoints } from '../configuration/entry-points.ts';
import { repositoryOf } from '../reconcile/deployment.ts';
import { discover } from '../reconcile/discover.ts';
import { drawClusters } from '../reconcile/draw.ts';
import { openSources } from '../source/load.ts';
import { complain, type ExitCode, type Io } from './io.ts';
import type { Invocation } from './parse-arguments.ts';
import { isMissing, reportFindings } from './rendering.ts';

/** Prints what applies what, and what waits for what. */
export function runGraph(invocation: Invocation, io: Io): ExitCode {
  const directory = invocation.operands[0] ?? '.';
  const { fileSystem, inside } = io.files.repository(directory, invocation.option('root'));
  if (isMissing(directory, fileSystem, inside(directory), io)) return 2;
  const sources = openSources(fileSystem);
  const found = findEntryPoints(sources, { paths: [inside(directory)], environments: [], selected: [] });
  reportFindings(found.diagnostics, io);
  const { clusters } = discover(sources, repositoryOf(found), openBuilder(sources));
  if (clusters.length === 0)
    return complain(
      io,
      `neither Flux nor Argo CD deploys anything below ${directory}`,
      'name a directory with their objects',
    );
  const format = invocation.option('format') === 'dot' ? 'dot' : 'mermaid';
  io.stdout.write(drawClusters(clusters, format));
  return found.diagnostics.length > 0 ? 2 : 0;
}
