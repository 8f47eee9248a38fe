import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Sources } from '../source/load.ts';
import { lastPartOf } from '../source/path.ts';
import { filesWithCommands } from '../survey/applied-by-commands.ts';
import type { Tree } from '../survey/tree.ts';
import { absentObject } from './absent-object.ts';
import { type Lack, lacks } from './lack-of-evidence.ts';

/** What commands in scripts, guides and pipelines bring to a cluster apart from manifests. */
interface Commanded {
  /** The names of releases. */
  readonly releases: readonly string[];
  /** The names of charts, which pods have in their labels whatever the release is called. */
  readonly charts: ReadonlySet<string>;
  /** The parts of addresses of manifests. */
  readonly addresses: ReadonlySet<string>;
  /** Objects, as `ConfigMap settings`. */
  readonly objects: ReadonlySet<string>;
}

/**
 * Tells what lacks an object that a command in a script or a guide may bring: it creates one of that kind and name, or installs a chart whose release
 * has the name, or begins it, or applies manifests from an address that contains it.
 */
export function isCommandedIn(
  { found }: Pick<Tree, 'found'>,
  sources: Sources,
): (diagnostic: Diagnostic) => Lack | undefined {
  let known: Commanded | undefined;
  return (one) => {
    const absent = absentObject(one);
    if (absent === undefined) return undefined;
    known ??= commandedIn(sources, found);
    const { releases, charts, objects, addresses } = known;
    const { kind, names, isOfFlux } = absent;
    if (names.some((name) => objects.has(`${kind} ${name}`))) return lacks.created;
    const isOfRelease = (name: string): boolean =>
      releases.some((release) => name === release || name.startsWith(`${release}-`));
    if (isOfFlux) return undefined;
    const isOfChart = kind === 'Pod' && names.some((name) => charts.has(name));
    if (isOfChart || names.some(isOfRelease)) return lacks.helm;
    return names.some((name) => addresses.has(name)) ? lacks.address : undefined;
  };
}

function commandedIn(sources: Sources, found: Tree['found']): Commanded {
  const linesOf = (file: string): string[] =>
    (sources.file(file)?.text ?? '').replaceAll(/\\\r?\n\s*/gu, ' ').split('\n');
  const lines = filesWithCommands(sources, found).flatMap(linesOf);
  const settings = [...found.plainFiles, ...found.kustomizedFiles, ...found.programs]
    .filter((file) => installsCharts(file, sources.file(file)?.text ?? ''))
    .flatMap(linesOf);
  const installed = lines.map(installedBy);
  const isName = (one = ''): boolean => /^[a-z][a-z0-9-]+$/u.test(one);
  return {
    releases: [
      ...new Set([...installed.map(([name]) => name ?? ''), ...settings.map(releaseNamed)].filter(isName)),
    ],
    charts: new Set(
      [...installed.map(([, chart]) => chart ?? ''), ...settings.map(chartNamed)]
        .map(lastPartOf)
        .filter(isName),
    ),
    objects: new Set(lines.flatMap(objectsIn)),
    addresses: new Set(lines.flatMap(addressParts)),
  };
}

const objectName = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/u;

/** The options of Helm that a value follows. */
const withValue =
  /\s(?:-[fn]|--(?:description|kube-context|kubeconfig|namespace|repo|set(?:-file|-json|-string)?|timeout|values|version))\s+\S+/gu;

/** The release and its chart in a command such as `helm upgrade --install web shop/web`. */
function installedBy(line: string): string[] {
  const [, words = ''] = /\bhelm\s+(?:install|upgrade)(\s.*)/u.exec(line) ?? [];
  return words
    .replaceAll(withValue, ' ')
    .trim()
    .split(/\s+/u)
    .filter((word) => !word.startsWith('-'));
}

/** Whether Terraform or Ansible installs charts by what a file says. */
function installsCharts(file: string, text: string): boolean {
  return file.endsWith('.tf') ? text.includes('"helm_release"') : text.includes('chart_ref:');
}

/** The name of a release in such a file: `name = "web"`, `release_name: web`. */
function releaseNamed(line: string): string {
  return /^\s*(?:name\s*=|release_name:)\s*["']?([\w-]+)["']?\s*$/u.exec(line)?.[1] ?? '';
}

/** The chart in such a file: `chart = "web"`, `chart_ref: shop/web`. */
function chartNamed(line: string): string {
  return /^\s*(?:chart\s*=|chart_ref:)\s*["']?([\w./:-]+)["']?\s*$/u.exec(line)?.[1] ?? '';
}

/** The parts of an address that a command applies, such as `kubectl apply -f https://…/ingress-nginx/deploy.yaml`. */
function addressParts(line: string): string[] {
  const [, address = ''] =
    /\b(?:kubectl|oc)\s[^|]{0,300}\s["']?((?:https:\/\/|github\.com\/)[^\s"'`]+)/u.exec(line) ?? [];
  return address.split(/[/?]/u).map((part) => part.replace(/\.ya?ml$/u, ''));
}

/** The object of a command such as `kubectl create secret generic web`, or `flux create source git web`. */
function objectsIn(line: string): string[] {
  const at = line.indexOf(' create ');
  if (at < 0 || !/\b(?:kubectl|oc|flux)\b/iu.test(line.slice(0, at))) return [];
  const [what = '', more = '', name = ''] = line
    .slice(at + ' create '.length)
    .replaceAll(/(?:^|\s)(?:-n|--namespace|--context|--kubeconfig)\s+\S+/gu, ' ')
    .split(/\s+/u)
    .map((word) => word.replaceAll(/["'`]/gu, ''))
    .filter((word) => word !== '' && !word.startsWith('-'));
  const kind = kinds.get(what);
  if (kind !== undefined) return named(kind, more);
  return named(kinds.get(what === 'source' ? `source ${more}` : `${what} …`), name);
}

function named(kind: string | undefined, name: string): string[] {
  return kind !== undefined && objectName.test(name) ? [`${kind} ${name}`] : [];
}

/** What such commands make, by the words that say so; `…` is a word that says more of it. */
const kinds: ReadonlyMap<string, string> = new Map([
  ['clusterrole', 'ClusterRole'],
  ['cm', 'ConfigMap'],
  ['configmap', 'ConfigMap'],
  ['deploy', 'Deployment'],
  ['deployment', 'Deployment'],
  ['helmrelease', 'HelmRelease'],
  ['hr', 'HelmRelease'],
  ['kustomization', 'Kustomization'],
  ['ks', 'Kustomization'],
  ['role', 'Role'],
  ['sa', 'ServiceAccount'],
  ['secret …', 'Secret'],
  ['service …', 'Service'],
  ['serviceaccount', 'ServiceAccount'],
  ['source git', 'GitRepository'],
  ['source helm', 'HelmRepository'],
  ['source oci', 'OCIRepository'],
  ['svc …', 'Service'],
]);
