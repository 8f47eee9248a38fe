import { blameResource } from '../build/blame.ts';
import type { Build } from '../object/build.ts';
import { originsReport } from '../report/terminal/blame.ts';
import { visible } from '../report/visible.ts';
import { secretsIn } from '../run/secrets.ts';
import { emitDocuments } from '../source/emit/emit.ts';
import { findEntryPoints } from '../survey/entry-points.ts';
import { complain, type ExitCode, type Io, sayYaml } from './io.ts';
import type { Invocation } from './options.ts';
import { openRendering, type Rendering, reportedBuild, reportFindings } from './rendering.ts';

/** Prints what `kustomize build` prints; of a root that would fail nothing at all. */
export function renderBuild(invocation: Invocation, io: Io): ExitCode {
  const opened = openRendering(invocation, io);
  if (opened === undefined) return 2;
  const text = invocation.has('origins') ? textWithOrigins : plainText;
  if (invocation.has('all')) return renderAll(opened, text, io);
  const build = reportedBuild(opened.build(opened.directory), opened, io);
  return build === undefined ? 2 : sayYaml(io, text(build));
}

/** Prints every root below a directory; what one of them cannot say keeps no other one from being printed. */
function renderAll(
  { directory, sources, build }: Rendering,
  text: (build: Build) => string,
  io: Io,
): ExitCode {
  const found = findEntryPoints(sources, { paths: [directory], environments: [], selected: [] });
  reportFindings(found.diagnostics, io, secretsIn(sources, found.diagnostics, []));
  let failed = found.diagnostics.length > 0;
  let mark = '#';
  for (const { root } of found.roots) {
    const built = reportedBuild(build(root), { sources }, io);
    if (built === undefined) failed = true;
    else sayYaml(io, `${mark} ${visible(root || '.')}\n${text(built)}`);
    if (built !== undefined) mark = '---\n#';
  }
  if (found.roots.length > 0 || failed) return failed ? 2 : 0;
  return complain(
    io,
    `there is no kustomization below ${directory || '.'}`,
    'use a directory that contains one',
  );
}

function plainText({ resources }: Build): string {
  return emitDocuments(resources.map(({ object }) => object));
}

function textWithOrigins({ resources }: Build): string {
  return resources.map((each) => originsReport(blameResource(each))).join('---\n');
}
