import type { Sources } from '../source/load.ts';
import { compareVersions, parseVersion } from '../template/value/version.ts';
import { meetsConstraint, parseConstraint } from '../template/value/version-constraint.ts';
import { directoryOfAddress } from './address.ts';
import { type ArchiveFile, contentOf } from './archives.ts';
import { identityOfArchive, identityOfText } from './chart-identity.ts';
import { chartsOfLayout } from './oci-layout.ts';
import type { WantedChart } from './wanted.ts';

/** A chart that lies in the folder. */
export interface FoundChart {
  readonly path: string;
  readonly version: string;
}

interface Candidate extends FoundChart {
  readonly name: string;
  /** Tags, addresses and digests that stand for it. */
  readonly references: readonly string[];
  /** The directory that it lies in, from the folder on. */
  readonly directory: string;
}

/**
 * Finds charts in a folder: packed ones as `helm pull` calls them, unpacked ones, those of OCI layouts, and what Helm, Flux and Argo CD
 * keep under names of their own.
 */
export function chartFinder(
  sources: Sources,
  folder: string,
): (wanted: WantedChart) => FoundChart | undefined {
  let content: ReturnType<typeof contentOf> | undefined;
  let known: readonly Candidate[] | undefined;
  let unnamed: readonly Candidate[] | undefined;
  return (wanted) => {
    content ??= contentOf(sources.fileSystem, folder);
    const named = content.archives.flatMap((file) => namedLike(wanted.name, file));
    known ??= [...unpacked(sources, folder, content.charts), ...inLayouts(sources, folder, content.layouts)];
    const first = choose([...named, ...known], wanted);
    if (first !== undefined) return plain(first);
    unnamed ??= content.archives.flatMap((file) => byContent(sources, file));
    return plain(choose(unnamed, wanted));
  };
}

function plain(found: FoundChart | undefined): FoundChart | undefined {
  return found && { path: found.path, version: found.version };
}

function namedLike(name: string, { path, directory, fileName }: ArchiveFile): Candidate[] {
  if (!fileName.startsWith(`${name}-`) || !fileName.endsWith('.tgz')) return [];
  const version = fileName.slice(name.length + 1, -'.tgz'.length);
  return parseVersion(version) === undefined ? [] : [{ path, directory, name, version, references: [] }];
}

function unpacked(sources: Sources, folder: string, directories: readonly string[]): Candidate[] {
  return directories.flatMap((path) => {
    const identity = identityOfText(sources.file(`${path}/Chart.yaml`)?.text ?? '');
    const above = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    return identity === undefined
      ? []
      : [{ ...identity, path, directory: below(folder, above), references: [] }];
  });
}

function inLayouts(sources: Sources, folder: string, layouts: readonly string[]): Candidate[] {
  return layouts.flatMap((layout) =>
    chartsOfLayout(sources, layout).map(({ name, version, path, reference, manifest }) => ({
      name,
      version,
      path,
      directory: below(folder, layout),
      references: [reference, reference.slice(reference.lastIndexOf(':') + 1), manifest],
    })),
  );
}

function byContent(sources: Sources, { path, directory, fileName }: ArchiveFile): Candidate[] {
  if (!/^(?:[^.]+|.*\.(?:tgz|tar\.gz|chart))$/u.test(fileName)) return [];
  const bytes = sources.bytes(path);
  const identity = typeof bytes === 'string' ? undefined : identityOfArchive(bytes, path);
  return identity === undefined ? [] : [{ ...identity, path, directory, references: [] }];
}

function below(folder: string, path: string): string {
  return path === folder ? '' : path.slice(folder === '' ? 0 : folder.length + 1);
}

/** The one that was asked for, or the newest of a range; what lies where its repository belongs counts before all others. */
function choose(candidates: readonly Candidate[], wanted: WantedChart): FoundChart | undefined {
  const own = directoryOfAddress(wanted.repository);
  const named = candidates.filter(({ name }) => name === wanted.name);
  const nearest = named.filter(({ directory }) => own !== undefined && isPlace(directory, own, wanted.name));
  const others = named.filter(({ directory }) => !isOfHost(directory));
  return best(nearest, wanted.version) ?? best(others, wanted.version);
}

function isPlace(directory: string, own: string, name: string): boolean {
  return directory === own || directory === `${own}/${name}`;
}

/** Whether a directory is that of a host, and so of other repositories. */
function isOfHost(directory: string): boolean {
  return /^[\w-]+(?:\.[\w-]+)+(?:\/|$)/u.test(directory);
}

function best(candidates: readonly Candidate[], range: string): FoundChart | undefined {
  const exact = candidates.find(({ version, references }) => version === range || references.includes(range));
  if (exact !== undefined) return exact;
  const constraint = parseConstraint(range === '' ? '*' : range);
  const [newest] = candidates
    .flatMap((one) => {
      const version = parseVersion(one.version);
      const isMet =
        version !== undefined && typeof constraint !== 'string' && meetsConstraint(version, constraint);
      return isMet ? [{ one, version }] : [];
    })
    .sort((a, b) => compareVersions(b.version, a.version));
  return newest?.one;
}
