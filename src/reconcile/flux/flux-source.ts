import { grouped } from '../../diagnostic/grouped.ts';
import { sameRepository } from '../../fetched/address.ts';
import type { Wanted } from '../../fetched/wanted.ts';
import { knownOnce } from '../../object/known-once.ts';
import { mappingsAt, textAt } from '../../object/object-field.ts';
import { locateField } from '../../object/provenance.ts';
import { type Resource, trackedObject } from '../../object/resource.ts';
import { normalisePath } from '../../source/path.ts';
import { formatValue, isMapping, isSequence, type Mapping, valueAt } from '../../source/value.ts';
import { type ControllerKind, isOf } from '../controller-kind.ts';
import type { SourceKnowledge } from '../reconcile-context.ts';
import type { ReconciliationSource } from '../reconciliation.ts';

export const artifactGeneratorKind: ControllerKind = {
  group: 'source.extensions.fluxcd.io',
  kind: 'ArtifactGenerator',
  isSource: true,
  links: [{ path: ['spec', 'sources'], kind: '', isList: true }],
};

export interface ResolvedSource {
  readonly source: ReconciliationSource;
  /** The directory in this repository, where it is here. */
  readonly path?: string;
  /** `spec.ignore` of the source. */
  readonly ignore?: string;
}

/** Finds where the manifests of a Flux Kustomization come from. */
export function resolveSource(
  declaration: Resource,
  namespace: string,
  knowledge: SourceKnowledge,
): ResolvedSource {
  const { object } = declaration;
  const kind = textAt(object, 'spec', 'sourceRef', 'kind') ?? '';
  const name = textAt(object, 'spec', 'sourceRef', 'name') ?? '';
  const own = { kind, name, namespace: textAt(object, 'spec', 'sourceRef', 'namespace') ?? namespace };
  const path = normalisePath(pathInSource(textAt(object, 'spec', 'path') ?? ''));
  if (kind === 'ExternalArtifact') return resolveArtifact(own, path, knowledge);
  const found = findSource(own, knowledge, fileOf(declaration));
  const url = found === undefined ? undefined : textAt(found.object, 'spec', 'url');
  const ignore = found === undefined ? undefined : textAt(found.object, 'spec', 'ignore');
  const revision = found === undefined ? undefined : revisionOf(found);
  const place = placeOf(own, url, knowledge);
  return {
    source: {
      ...own,
      ...(url === undefined ? {} : { url }),
      ...(revision === undefined ? {} : { revision }),
      place,
    },
    ...(place === 'here' && path !== undefined
      ? { path: below(knowledge.roots.get(sourceKey(own)), path) }
      : {}),
    ...(ignore === undefined ? {} : { ignore }),
  };
}

/** What source-controller checks out: a commit before a name, a tag by its version, a tag, and a branch (v1 of its API). */
function revisionOf({ object }: Resource): string | undefined {
  const said = ['commit', 'name', 'semver', 'tag', 'branch'].map((key) => textAt(object, 'spec', 'ref', key));
  return said.find((one) => one !== undefined);
}

function below(root: string | undefined, path: string): string {
  return root === undefined ? path : `${root}/${path}`.replace(/\/$/u, '');
}

/** The key of a source in `evidence`. */
export function sourceKey({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind} ${name}`;
}

/** `./a/b` and `/a/b` are both meant from the root of the source. */
export function relative(path: string): string {
  return path.replace(/^\/+/u, '');
}

/** A path of a Flux object from the root of its source, which none leaves: `../a` is `a` (kustomize-controller 1.9, securejoin). */
export function pathInSource(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

/** The object of a source that `declaration` names. */
export function sourceNamed(
  reference: Reference,
  declaration: Resource,
  knowledge: SourceKnowledge,
): Resource | undefined {
  return findSource(reference, knowledge, fileOf(declaration));
}

/** Whether what a source brings is this repository; `declaration` names it. */
export function placeOfSource(
  reference: Reference,
  declaration: Resource,
  knowledge: SourceKnowledge,
): ReconciliationSource['place'] {
  const found = findSource(reference, knowledge, fileOf(declaration));
  const url = found === undefined ? undefined : textAt(found.object, 'spec', 'url');
  return placeOf(reference, url, knowledge);
}

type Reference = Pick<ReconciliationSource, 'kind' | 'name' | 'namespace'>;

function placeOf(
  reference: Reference,
  url: string | undefined,
  { repositories, evidence }: SourceKnowledge,
): ReconciliationSource['place'] {
  if (url !== undefined && repositories.length > 0)
    return repositories.some((one) => sameRepository(one, url)) ? 'here' : 'elsewhere';
  return evidence.has(sourceKey(reference)) ? 'here' : 'unknown';
}

/** Each cluster has a source of its own, often under one name: the one whose file is nearest to the declaration is meant. */
function findSource(
  { kind, name, namespace }: Reference,
  { objects }: SourceKnowledge,
  file: string,
): Resource | undefined {
  const named = namedIn(objects).get(formatValue([kind, name])) ?? [];
  const own = withinNamespaces(named).get(namespace);
  return nearestTo(own ?? named)(file);
}

const namedIn = knownOnce((objects: readonly Resource[]) =>
  grouped(objects, ({ object }) =>
    formatValue([object['kind'] ?? null, valueAt(object, ['metadata', 'name']) ?? null]),
  ),
);

const withinNamespaces = knownOnce((named: readonly Resource[]) =>
  grouped(named, ({ object }) => valueAt(object, ['metadata', 'namespace'])),
);

/** Of some objects the one whose file has the most directories in common with another one, the first of these. */
const nearestTo = knownOnce((objects: readonly Resource[]) => {
  const first = new Map<string, Resource>();
  for (const one of objects)
    for (const place of placesAround(fileOf(one))) if (!first.has(place)) first.set(place, one);
  return (file: string): Resource | undefined => {
    const place = placesAround(file).find((one) => first.has(one));
    return place === undefined ? undefined : first.get(place);
  };
});

/** A path and all directories around it up to the root, the nearest first. */
function placesAround(path: string): string[] {
  const steps = path.split('/');
  return [...steps.map((_, index) => steps.slice(0, steps.length - index).join('/')), '.'];
}

function fileOf(resource: Resource): string {
  return locateField(trackedObject(resource), ['metadata', 'name']).span?.file.path ?? '';
}

/** Follows an ArtifactGenerator's copies back to where the files lie in its sources. */
function resolveArtifact(
  own: Reference,
  path: string | undefined,
  knowledge: SourceKnowledge,
): ResolvedSource {
  const unknown: ResolvedSource = { source: { ...own, place: 'unknown' } };
  if (path === undefined) return unknown;
  // Each cluster has a generator of its own, often under one name: the one that knows the path is meant.
  const generators = knowledge.objects.filter(({ object }) => object['kind'] === 'ArtifactGenerator');
  for (const generator of generators) {
    const artifact = artifactsOf(generator.object).find(({ name }) => name === own.name);
    const mapped = mapThroughSources(generator, artifact, path, knowledge);
    if (mapped !== undefined) return { source: { ...own, place: 'here' }, path: mapped };
  }
  return unknown;
}

function mapThroughSources(
  generator: Resource,
  artifact: Mapping | undefined,
  path: string,
  knowledge: SourceKnowledge,
): string | undefined {
  for (const { item } of mappingsAt(generator, 'spec', 'sources')) {
    const reference = {
      kind: textAt(item.value, 'kind') ?? '',
      name: textAt(item.value, 'name') ?? '',
      namespace: textAt(item.value, 'namespace') ?? '',
    };
    const found = findSource(reference, knowledge, fileOf(generator));
    const url = found === undefined ? undefined : textAt(found.object, 'spec', 'url');
    if (placeOf(reference, url, knowledge) !== 'here') continue;
    const mapped = mapThroughCopies(artifact, textAt(item.value, 'alias') ?? '', path);
    if (mapped !== undefined) return mapped;
  }
  return undefined;
}

/** The directories of sources that an ArtifactGenerator copies from, by source; none of another object. */
export function copiedDirectories(
  generator: Resource,
): { readonly source: string; readonly directory: string }[] {
  if (!isOf(artifactGeneratorKind, generator)) return [];
  return mappingsAt(generator, 'spec', 'sources').flatMap(({ item }) => {
    const alias = textAt(item.value, 'alias') ?? '';
    const source = sourceKey({
      kind: textAt(item.value, 'kind') ?? '',
      name: textAt(item.value, 'name') ?? '',
    });
    return artifactsOf(generator.object).flatMap((artifact) => {
      const copies = artifact['copy'];
      return (isSequence(copies) ? copies : []).flatMap((copy) => {
        const from = isMapping(copy) ? (textAt(copy, 'from') ?? '') : '';
        const directory = from.startsWith(`@${alias}/`)
          ? from.slice(alias.length + 2).replace(/\/\*\*$/u, '')
          : '';
        return directory === '' ? [] : [{ source, directory }];
      });
    });
  });
}

function artifactsOf(generator: Mapping): Mapping[] {
  const artifacts = valueAt(generator, ['spec', 'artifacts']);
  return isSequence(artifacts) ? artifacts.filter((one) => isMapping(one)) : [];
}

function mapThroughCopies(artifact: Mapping | undefined, alias: string, path: string): string | undefined {
  const copies = artifact?.['copy'];
  if (!isSequence(copies)) return undefined;
  for (const copy of copies) {
    if (!isMapping(copy)) continue;
    const from = textAt(copy, 'from') ?? '';
    const to = (textAt(copy, 'to') ?? '').replace(/^@artifact\/?/u, '').replace(/\/$/u, '');
    if (!from.startsWith(`@${alias}/`) || !from.endsWith('/**')) continue;
    const base = from.slice(alias.length + 2, -'/**'.length);
    if (to === '' || path === to || path.startsWith(`${to}/`))
      return normalisePath(`${base}/${path.slice(to.length)}`);
  }
  return undefined;
}

/** What a GitRepository or an OCIRepository brings; undefined where it does not say. */
export function checkoutOf({ object }: Resource): Wanted | undefined {
  const repository = textAt(object, 'spec', 'url');
  const ref = (name: string): string | undefined => textAt(object, 'spec', 'ref', name);
  if (repository === undefined) return undefined;
  if (object['kind'] === 'OCIRepository') {
    const version = ref('digest') ?? ref('semver') ?? ref('tag') ?? 'latest';
    return { kind: 'artifact', repository, version };
  }
  if (object['kind'] !== 'GitRepository') return undefined;
  const version = ref('commit') ?? ref('name')?.replace(/^refs\/(?:heads|tags)\//u, '');
  return {
    kind: 'checkout',
    repository,
    version: version ?? ref('semver') ?? ref('tag') ?? ref('branch') ?? 'master',
  };
}
