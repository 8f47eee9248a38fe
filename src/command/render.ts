import { blameResource } from '../build/blame.ts';
import type { Build } from '../object/build.ts';
import { originsReport } from '../report/terminal/blame.ts';
import { visible } from '../report/visible.ts';
import { secretsIn } from '../run/secrets.ts';
import { emitDocuments } from '../source/emit/emit.ts';
import { findEntryPoints } from '../survey/entry-points.ts';
import { complain, type ExitCode, type Io, sayYaml } from './io.ts';
import type { Invocation } from './options.ts';
import { type Command, root } from './options.ts';
import { isChart, renderChartAt } from './render-chart.ts';
import { openRendering, type Rendering, reportedBuild, reportFindings } from './rendering.ts';

export const command: Command = {
  name: 'render',
  synopsis: 'cdb-lint render DIR',
  words: 'print what `kustomize build DIR` prints, or `helm template` of a chart',
  examples: [
    ['cdb-lint render k8s/overlays/prod | kubectl diff -f -', 'what would change in the cluster'],
    ['cdb-lint render k8s/overlays/prod --origins', 'each line with the file that set it'],
    ['cdb-lint render --all k8s/', 'every root at once'],
    ['cdb-lint render charts/shop --values prod.yaml --release shop', 'a chart, in a folder or packed'],
  ],
  operands: { min: 1, max: 1, name: 'DIR' },
  options: [
    { name: 'all', words: 'print every root below DIR, each under a comment with its directory' },
    { name: 'reorder', value: 'ORDER', words: 'none or legacy', oneOf: ['none', 'legacy'] },
    {
      name: 'load-restrictor',
      value: 'NAME',
      words: 'root-only (default) or none, also in the words of kustomize: LoadRestrictionsNone',
      oneOf: ['none', 'root-only', 'LoadRestrictionsNone', 'LoadRestrictionsRootOnly'],
    },
    { name: 'enable-managedby-label', words: 'add app.kubernetes.io/managed-by' },
    { name: 'values', value: 'FILE', words: 'values for a chart; repeatable', repeatable: true },
    { name: 'set', value: 'K=V', words: 'single values for a chart; repeatable', repeatable: true },
    {
      name: 'set-string',
      value: 'K=V',
      words: 'the same, every value a string; repeatable',
      repeatable: true,
    },
    { name: 'release', value: 'NAME', words: 'the name of the release of a chart (default: release-name)' },
    { name: 'namespace', value: 'NAME', words: 'the namespace of the release (default: default)' },
    { name: 'kubernetes-version', value: '1.NN', words: 'the version that a chart is rendered for' },
    {
      name: 'api-versions',
      value: 'GROUP/V',
      words: 'APIs that the cluster of a chart serves in addition to Kubernetes; repeatable',
      repeatable: true,
    },
    {
      name: 'helm',
      value: 'VERSION',
      words: 'as which Helm prints a chart: 3 or 4 (default)',
      oneOf: ['3', '4'],
    },
    { name: 'include-crds', words: 'print the definitions in `crds/` of a chart as well' },
    { name: 'origins', words: 'add to each line where its value comes from, as a comment' },
    root,
  ],
  run: runRender,
};

/** Prints what `kustomize build` prints; of a root that would fail nothing at all. */
function runRender(invocation: Invocation, io: Io): ExitCode {
  const opened = openRendering(invocation, io);
  if (opened === undefined) return 2;
  const { directory, sources } = opened;
  if (!invocation.has('all') && isChart(sources.fileSystem, directory))
    return renderChartAt(directory, sources.fileSystem, { invocation, io });
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
    'name a directory that holds one',
  );
}

function plainText({ resources }: Build): string {
  return emitDocuments(resources.map(({ object }) => object));
}

function textWithOrigins({ resources }: Build): string {
  return resources.map((each) => originsReport(blameResource(each))).join('---\n');
}
