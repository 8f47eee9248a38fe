import type { Build, Builder } from '../../build/build.ts';
import { findingAt } from '../../build/finding.ts';
import { builtinMergeSchemas } from '../../build/merge-schema.ts';
import { readPlainManifests } from '../../build/plain-manifests.ts';
import { getAt, getPart, namedOrigin, setKey, type Tracked } from '../../build/provenance.ts';
import { nameOf, namespaceOf, type Resource, trackedObject } from '../../build/resource.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Sources } from '../../source/load.ts';
import { normalisePath } from '../../source/path.ts';
import { isMapping, isSequence, type Mapping, type Path, valueAt } from '../../source/value.ts';
import { relative } from '../flux/flux-source.ts';
import { hasKustomization } from '../flux/generated-kustomization.ts';
import { isTrueAt, textAt } from '../object-field.ts';
import { emptyBuild, type Reconciliation } from '../reconciliation.ts';
import { directoryFiles } from './directory-source.ts';
import { argoEdit } from './edit-kustomization.ts';

/** What rendering an Application needs to know beyond the object. */
export interface ArgoContext {
  readonly sources: Sources;
  readonly builder: Builder;
  /** Whether a repository's address means this repository. */
  readonly isHere: (url: string) => boolean;
}

/** One source of an Application, and the way to it in the object. */
interface ApplicationSource {
  readonly source: Tracked<Mapping>;
  readonly path: Path;
}

interface Rendered {
  readonly build?: Build;
  readonly notRendered?: string;
}

/** What Argo CD makes of an Application, as its repo-server renders it. */
export function reconcileApplication(
  declaration: Resource,
  namespace: string,
  context: ArgoContext,
): Reconciliation {
  const { object } = declaration;
  const sources = sourcesOf(declaration);
  const rendered = sources.map((source) => render(declaration, source, context));
  const [first] = sources;
  const url = first === undefined ? '' : (textAt(first.source.value, 'repoURL') ?? '');
  const path = first === undefined ? undefined : pathIn(first);
  const destination =
    textAt(object, 'spec', 'destination', 'name') ?? textAt(object, 'spec', 'destination', 'server');
  const isRemote =
    destination !== undefined && !/^(?:in-cluster|https:\/\/kubernetes\.default\.svc.*)$/u.test(destination);
  const build = merged(
    rendered.flatMap((one) => one.build ?? []),
    path ?? '',
  );
  return {
    by: 'argocd',
    kind: 'Application',
    name: nameOf(object),
    namespace,
    declaration,
    source: {
      kind: 'repository',
      name: url,
      namespace: '',
      url,
      place: context.isHere(url) ? 'here' : 'elsewhere',
    },
    ...(path === undefined ? {} : { path }),
    foreignRepositories: sources
      .map(({ source }) => textAt(source.value, 'repoURL') ?? '')
      .filter((one) => !context.isHere(one)),
    ...(isRemote ? { destination } : {}),
    dependsOn: [],
    healthChecks: [],
    prune: isTrueAt(object, 'spec', 'syncPolicy', 'automated', 'prune'),
    wait: false,
    hasHealthExpressions: false,
    suspend: false,
    build: { ...build, resources: build.resources.map((resource) => inNamespace(resource, declaration)) },
    notRendered: rendered.flatMap((one) => one.notRendered ?? []),
    unresolved: [],
  };
}

/** The sources of an Application that bring manifests. */
export function sourcesOf(declaration: Resource): ApplicationSource[] {
  const several = valueAt(declaration.object, ['spec', 'sources']);
  const paths: Path[] = isSequence(several)
    ? several.map((_, index) => ['spec', 'sources', index])
    : [['spec', 'source']];
  return paths.flatMap((path) => {
    const source = getAt(trackedObject(declaration), path);
    if (source === undefined || !isMapping(source.value)) return [];
    // A source that others refer to by `ref` brings nothing of its own unless it names a path.
    const isReference =
      textAt(source.value, 'ref') !== undefined && textAt(source.value, 'path') === undefined;
    return isReference ? [] : [{ source: source as Tracked<Mapping>, path }];
  });
}

function pathIn({ source }: ApplicationSource): string | undefined {
  return normalisePath(relative(textAt(source.value, 'path') ?? ''));
}

function render(declaration: Resource, one: ApplicationSource, context: ArgoContext): Rendered {
  const name = `Application ${nameOf(declaration.object)}`;
  const { value } = one.source;
  const url = textAt(value, 'repoURL') ?? '';
  const chart = textAt(value, 'chart');
  if (chart !== undefined) return { notRendered: `${name}: the chart ${chart} is not rendered` };
  if (!context.isHere(url)) return { notRendered: `${name}: ${url} is not known to be this repository` };
  const path = pathIn(one);
  const { fileSystem } = context.sources;
  if (path === undefined || fileSystem.kind(path) !== 'directory')
    return { build: { ...emptyBuild(path ?? ''), diagnostics: [missingPath(declaration, one)] } };
  if (value['plugin'] !== undefined) return { notRendered: `${name}: plugins are not executed` };
  const prefix = path === '' ? '' : `${path}/`;
  if (value['helm'] !== undefined || fileSystem.kind(`${prefix}Chart.yaml`) === 'file')
    return { notRendered: `${name}: the chart ${path || '.'} is not rendered` };
  const options = getPart(one.source, 'kustomize');
  if (value['directory'] === undefined && (options !== undefined || hasKustomization(fileSystem, path))) {
    const edit =
      options === undefined || !isMapping(options.value)
        ? {}
        : { edit: argoEdit(options, { fileSystem, directory: path }) };
    return { build: context.builder.build(path, edit) };
  }
  return renderDirectory(
    name,
    path,
    isMapping(value['directory']) ? value['directory'] : undefined,
    context.sources,
  );
}

function renderDirectory(
  name: string,
  path: string,
  options: Mapping | undefined,
  sources: Sources,
): Rendered {
  const { manifests, programs } = directoryFiles(sources, path, options);
  const { resources, diagnostics } = readPlainManifests(sources, manifests);
  const build = { ...emptyBuild(path, true), resources, diagnostics, inputs: manifests };
  const [program] = programs;
  return program === undefined ? { build } : { build, notRendered: `${name}: ${program} is not executed` };
}

function merged(builds: readonly Build[], root: string): Build {
  const [only] = builds;
  if (only !== undefined && builds.length === 1) return only;
  return {
    root,
    resources: builds.flatMap(({ resources }) => resources),
    diagnostics: builds.flatMap(({ diagnostics }) => diagnostics),
    inputs: builds.flatMap(({ inputs }) => inputs),
    effects: builds.flatMap(({ effects }) => effects),
    complete: builds.every(({ complete }) => complete),
  };
}

// Argo CD applies what names no namespace to that of the destination.
function inNamespace(resource: Resource, declaration: Resource): Resource {
  const target = getAt(trackedObject(declaration), ['spec', 'destination', 'namespace']);
  const metadata = getPart(trackedObject(resource), 'metadata');
  const { apiVersion, kind } = resource.object;
  if (typeof target?.value !== 'string' || target.value === '' || namespaceOf(resource.object) !== '')
    return resource;
  if (metadata === undefined || !isMapping(metadata.value)) return resource;
  if (builtinMergeSchemas.isNamespaceScoped(String(apiVersion), String(kind)) !== true) return resource;
  const part = { value: target.value, origin: namedOrigin('destination', target.origin) };
  const object = setKey(
    trackedObject(resource),
    'metadata',
    setKey(metadata as Tracked<Mapping>, 'namespace', part),
  );
  return { object: object.value, origin: object.origin };
}

function missingPath(declaration: Resource, { source, path }: ApplicationSource): Diagnostic {
  const written = textAt(source.value, 'path');
  return findingAt(declaration, {
    rule: 'application-path-missing',
    severity: 'error',
    message:
      written === undefined
        ? 'the source names no path, and Argo CD wants one'
        : `${written} is no directory of this repository, so nothing is applied`,
    help: 'correct the path, which is relative to the root of the repository',
    path: [...path, 'path'],
    unchecked: `what ${nameOf(declaration.object)} applies`,
  });
}
