import type { Builder } from '../../build/build.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Build } from '../../object/build.ts';
import { findingAt } from '../../object/finding.ts';
import { textAt } from '../../object/object-field.ts';
import { readPlainManifests } from '../../object/plain-manifests.ts';
import { getPart, type Tracked } from '../../object/provenance.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { Sources } from '../../source/load.ts';
import { isMapping, type Mapping } from '../../source/value.ts';
import { hasKustomization } from '../flux/generated-kustomization.ts';
import { emptyBuild } from '../reconciliation.ts';
import { type ApplicationSource, pathIn } from './application-source.ts';
import { buildEnvironment } from './build-environment.ts';
import { directoryFiles } from './directory-source.ts';
import { argoEdit } from './edit-kustomization.ts';
import { overrideFiles, withOverrides } from './source-overrides.ts';

/** What rendering an Application needs to know beyond the object. */
export interface ArgoContext {
  readonly sources: Sources;
  readonly builder: Builder;
  /** Whether a repository's address means this repository. */
  readonly isHere: (url: string) => boolean;
  /** As `kustomize.buildOptions` of argocd-cm has it. */
  readonly loadRestrictor: 'none' | 'root-only';
}

/** What a source brings, or why that is not known here. */
export interface Rendered {
  readonly build?: Build;
  readonly notRendered?: string;
}

const tools = ['helm', 'kustomize', 'directory', 'plugin'] as const;
type Tool = (typeof tools)[number];

/** Renders one source as the repo-server of Argo CD 3.6 does. */
export function renderSource(declaration: Resource, one: ApplicationSource, context: ArgoContext): Rendered {
  const name = `Application ${nameOf(declaration.object)}`;
  const { value: written } = one.source;
  const url = textAt(written, 'repoURL') ?? '';
  const chart = textAt(written, 'chart');
  if (chart !== undefined) return { notRendered: `${name} (${chart}): charts are not rendered` };
  if (!context.isHere(url))
    return { notRendered: `${name} (${url}): its repository is not known to be this one` };
  const path = pathIn(one);
  const { fileSystem } = context.sources;
  if (path === undefined || fileSystem.kind(path) !== 'directory')
    return { build: { ...emptyBuild(path ?? ''), diagnostics: [missingPath(declaration, one)] } };
  const overrides = overrideFiles(context.sources, path, declaration.object);
  const source = withOverrides(one.source, context.sources, overrides);
  const chosen = tools.filter((tool) => (source.value[tool] ?? null) !== null);
  if (chosen.length > 1)
    return { build: { ...emptyBuild(path), diagnostics: [severalTools(declaration, one, chosen)] } };
  const rendered = renderWith(
    chosen[0] ?? toolFor(path, context.sources),
    { declaration, source, path },
    context,
  );
  return overrides.length === 0 || rendered.build === undefined
    ? rendered
    : { ...rendered, build: { ...rendered.build, inputs: [...rendered.build.inputs, ...overrides] } };
}

interface RenderPlace {
  readonly declaration: Resource;
  readonly source: Tracked<Mapping>;
  readonly path: string;
}

function renderWith(tool: Tool, { declaration, source, path }: RenderPlace, context: ArgoContext): Rendered {
  const name = `Application ${nameOf(declaration.object)}`;
  if (tool === 'plugin') return { notRendered: `${name}: plugins are not executed` };
  if (tool === 'helm') return { notRendered: `${name} (${path || '.'}): charts are not rendered` };
  const options = getPart(source, tool);
  const mapping = options !== undefined && isMapping(options.value) ? options.value : undefined;
  if (tool === 'directory') return renderDirectory(name, path, mapping, context.sources);
  const { loadRestrictor } = context;
  if (options === undefined || mapping === undefined)
    return { build: context.builder.build(path, { loadRestrictor }) };
  const { fileSystem } = context.sources;
  const environment = buildEnvironment(declaration, source.value);
  const edit = argoEdit(options, { fileSystem, directory: path, environment });
  const version = textAt(mapping, 'version');
  return {
    build: context.builder.build(path, { edit, loadRestrictor }),
    ...(version === undefined
      ? {}
      : {
          notRendered: `${name}: built as kustomize 5.8 does, and not by ${version}, which its source names`,
        }),
  };
}

/** What Argo CD finds in a directory that names no tool; a kustomization counts before a chart (util/app/discovery). */
function toolFor(path: string, { fileSystem }: Sources): Tool {
  if (hasKustomization(fileSystem, path)) return 'kustomize';
  return fileSystem.kind(path === '' ? 'Chart.yaml' : `${path}/Chart.yaml`) === 'file' ? 'helm' : 'directory';
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

function severalTools(
  declaration: Resource,
  { path }: ApplicationSource,
  chosen: readonly string[],
): Diagnostic {
  return findingAt(declaration, {
    rule: 'application-source-ambiguous',
    severity: 'error',
    message: `the source has ${chosen.join(' and ')}, of which Argo CD permits one: nothing is applied`,
    help: 'keep one of them',
    path: [...path, chosen[1] ?? ''],
    part: 'key',
    unchecked: `what ${nameOf(declaration.object)} applies`,
  });
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
