import type { Report } from '../../src/report/report.ts';
import { isMapping, type Value, valueAt } from '../../src/source/value.ts';
import { readForCluster, readForKustomize } from '../fuzz/readings.ts';
import { lintFiles } from './lint-files.ts';

/** What each reader of the oracle sees: objects, or why there are none. */
export type Answers = Readonly<Record<Reader, readonly Value[] | string>>;

export const readers = ['kustomize', 'flux', 'kubectl', 'apiserver', 'argocd', 'helm'] as const;
export type Reader = (typeof readers)[number];

const titles: Readonly<Record<Reader, string>> = {
  kustomize: 'kustomize',
  flux: 'Flux, after kustomize',
  kubectl: 'kubectl',
  apiserver: 'API server, as YAML',
  argocd: 'Argo CD',
  helm: 'Helm, as a template',
};

/** What cdb-lint reports for a string on its three ways into a cluster. */
export function toldOf(text: string) {
  return {
    kustomization: told(lintFiles({ 'a.yaml': text, 'kustomization.yaml': 'resources: [a.yaml]\n' })),
    plain: told(lintFiles({ 'a.yaml': text })),
    chart: told(lintFiles({ ...release, 'charts/shop/templates/a.yaml': text })),
  };
}

/** Rules about how a string reads, as warnings or errors; what an object lacks in some profile is none of it. */
function told({ findings, exitCode }: Report): string[] {
  const rules = findings
    .filter(({ severity, rule }) => severity !== 'note' && !beside.has(rule))
    .map(({ rule }) => rule);
  return [...new Set([...rules, ...(exitCode === 2 ? ['exit code 2'] : [])])];
}

const beside = new Set(['release-drift-undetected', 'release-not-remediated', 'artifact-unverified']);

/** The table of docs/readers.md: the strings of the fixture, one a row. */
export function readersTable(
  texts: Readonly<Record<string, string>>,
  answers: Readonly<Record<string, Answers>>,
): string {
  const columns = ['content of the file', ...readers.map((name) => titles[name]), 'cdb-lint reports'];
  const rows = Object.entries(texts).map(([title, text]) => {
    const answer = answers[title];
    if (answer === undefined) throw new Error(`no answer for ${title}`);
    return [title, ...readers.map((name) => cellOf(answer[name])), saidOf(text)];
  });
  const lines = [columns, columns.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function saidOf(text: string): string {
  const { kustomization, plain, chart } = toldOf(text);
  const ways = [
    ['in a kustomization', kustomization],
    ['as a plain manifest', plain],
    ['in a chart', chart],
  ] as const;
  const spoken = ways.filter(([, rules]) => rules.length > 0);
  const words = new Set(spoken.map(([, rules]) => rules.join(', ')));
  if (spoken.length === ways.length && words.size === 1) return [...words].join('');
  return spoken.map(([way, rules]) => `${way}: ${rules.join(', ')}`).join('; ') || 'nothing';
}

function cellOf(objects: readonly Value[] | string): string {
  if (typeof objects === 'string') return objects === 'not asked' ? '–' : 'rejects';
  return objects.map(shortly).join('; ').replaceAll('|', '\\|') || 'nothing';
}

/** An object by its name and what it has besides. */
function shortly(object: Value): string {
  const { metadata, apiVersion, kind, ...rest } = isMapping(object) ? object : {};
  const words = Object.keys(rest).length === 0 ? '' : ` ${JSON.stringify(rest).replaceAll('"', '')}`;
  const known = apiVersion === 'v1' && kind === 'ConfigMap' ? '' : `${String(kind)} `;
  return `${known}\`${String(valueAt(metadata, ['name']) ?? '')}${words}\``;
}

/** How a string reads for cdb-lint on the way of each reader. */
export function ourReading(reader: Reader, text: string) {
  return reader === 'kustomize' ? readForKustomize(text) : readForCluster(text);
}

const release = {
  'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'apps/shop.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  project: default
  source: { repoURL: "https://git.example.com/team/platform.git", path: charts/shop, targetRevision: main }
  destination: { namespace: shop, server: "https://kubernetes.default.svc" }
`,
  'cdb-lint.yaml': 'repositories: ["https://git.example.com/team/platform.git"]\n',
};
