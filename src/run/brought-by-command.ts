import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Sources } from '../source/load.ts';
import { filesWithCommands } from '../survey/applied-by-commands.ts';
import type { Tree } from '../survey/tree.ts';
import { absentObject } from './absent-object.ts';
import { type Lack, lacks } from './lack-of-evidence.ts';

/** What commands in scripts, guides and pipelines bring to a cluster apart from manifests. */
interface Commanded {
  /** The names of releases. */
  readonly releases: readonly string[];
  /** Objects, as `ConfigMap settings`. */
  readonly objects: ReadonlySet<string>;
}

/**
 * Tells what lacks an object that a command in a script or a guide may bring: it creates one of that kind and name, or installs a chart whose release
 * has the name, or begins it.
 */
export function isCommandedIn(
  { found }: Pick<Tree, 'found'>,
  sources: Sources,
): (diagnostic: Diagnostic) => Lack | undefined {
  let known: Commanded | undefined;
  return (one) => {
    const absent = absentObject(one);
    if (absent === undefined) return undefined;
    known ??= commandedIn(sources, filesWithCommands(sources, found));
    const { releases, objects } = known;
    const { kind, names, isOfFlux } = absent;
    if (names.some((name) => objects.has(`${kind} ${name}`))) return lacks.created;
    const isOfRelease = (name: string): boolean =>
      releases.some((release) => name === release || name.startsWith(`${release}-`));
    return !isOfFlux && names.some(isOfRelease) ? lacks.helm : undefined;
  };
}

function commandedIn(sources: Sources, files: readonly string[]): Commanded {
  const lines = files.flatMap((file) =>
    (sources.file(file)?.text ?? '').replaceAll(/\\\r?\n\s*/gu, ' ').split('\n'),
  );
  return {
    releases: [...new Set(lines.flatMap(releasesIn))],
    objects: new Set(lines.flatMap(objectsIn)),
  };
}

const objectName = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/u;

/** The name of the release in a command such as `helm upgrade --install web shop/web`. */
function releasesIn(line: string): string[] {
  const [, words = ''] = /\bhelm\s+(?:install|upgrade)\s+(.*)/u.exec(line) ?? [];
  const [name = ''] = words.split(/\s+/u).filter((word) => !word.startsWith('-'));
  return /^[a-z][a-z0-9-]+$/u.test(name) ? [name] : [];
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
