import { kustomizationNames } from '../object/kustomization-path.ts';
import type { FileSystem } from '../source/file-system.ts';
import type { ExitCode, Io } from './io.ts';
import { type Command, type Invocation, root } from './options.ts';

export const command: Command = {
  name: 'render',
  synopsis: 'cdb-lint render DIR',
  words: 'print what `kustomize build DIR` prints, or `helm template` of a chart',
  examples: [
    ['cdb-lint render k8s/overlays/prod | kubectl diff -f -', 'what would change in the cluster'],
    ['cdb-lint render k8s/overlays/prod --origins', 'each line with the file that set it'],
    ['cdb-lint render --all k8s/', 'every root at once'],
    ['cdb-lint render charts/shop --values prod.yaml --release shop', 'a chart, in a folder or packaged'],
  ],
  operands: { min: 1, max: 1, name: 'DIR' },
  options: [
    { name: 'all', words: 'print every root below DIR, each under a comment with its directory' },
    { name: 'reorder', value: 'ORDER', words: 'none or legacy', oneOf: ['none', 'legacy'] },
    {
      name: 'load-restrictor',
      value: 'NAME',
      words: 'root-only (default) or none; also the name that kustomize uses: LoadRestrictionsNone',
      oneOf: ['none', 'root-only', 'LoadRestrictionsNone', 'LoadRestrictionsRootOnly'],
    },
    { name: 'enable-managedby-label', words: 'add app.kubernetes.io/managed-by' },
    { name: 'values', value: 'FILE', words: 'values for a chart; repeatable', repeatable: true },
    { name: 'set', value: 'K=V', words: 'single values for a chart; repeatable', repeatable: true },
    {
      name: 'set-string',
      value: 'K=V',
      words: 'single string values for a chart; repeatable',
      repeatable: true,
    },
    { name: 'release', value: 'NAME', words: 'the name of the release of a chart (default: release-name)' },
    { name: 'namespace', value: 'NAME', words: 'the namespace of the release (default: default)' },
    {
      name: 'kubernetes-version',
      value: '1.NN',
      words: 'the Kubernetes version that a chart is rendered for',
    },
    {
      name: 'api-versions',
      value: 'GROUP/V',
      words: 'APIs that the cluster of a chart serves in addition to Kubernetes; repeatable',
      repeatable: true,
    },
    {
      name: 'helm',
      value: 'VERSION',
      words: 'the Helm version whose output is printed: 3 or 4 (default)',
      oneOf: ['3', '4'],
    },
    { name: 'include-crds', words: 'print the definitions in `crds/` of a chart as well' },
    { name: 'origins', words: 'add a comment to each line with the source of its value' },
    root,
  ],
  run: runRender,
};

/** A chart needs little of what a build does: each is loaded only where it is asked for. */
async function runRender(invocation: Invocation, io: Io): Promise<ExitCode> {
  const operand = invocation.operands[0] ?? '.';
  const { fileSystem, inside } = io.files.repository(operand, invocation.option('root'));
  const path = inside(operand);
  if (
    !invocation.has('all') &&
    isChart(
      fileSystem,
      path,
      ofCharts.some((name) => invocation.has(name)),
    )
  ) {
    const { renderChartAt } = await import('./render-chart.ts');
    return renderChartAt(path, fileSystem, { invocation, io });
  }
  const { renderBuild } = await import('./render-build.ts');
  return renderBuild(invocation, io);
}

// What nobody asks of a kustomization.
const ofCharts = [
  'values',
  'set',
  'set-string',
  'release',
  'namespace',
  'kubernetes-version',
  'api-versions',
  'helm',
  'include-crds',
];

/** Whether a path is a chart: a packed one, or a directory with Chart.yaml, which a kustomization beside it comes before unless a chart is asked for. */
function isChart(fileSystem: FileSystem, path: string, isAskedFor: boolean): boolean {
  if (path.endsWith('.tgz')) return fileSystem.kind(path) === 'file';
  const has = (name: string): boolean => fileSystem.kind(path === '' ? name : `${path}/${name}`) === 'file';
  return has('Chart.yaml') && (isAskedFor || !kustomizationNames.some(has));
}
