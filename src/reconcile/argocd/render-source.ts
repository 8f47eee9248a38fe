import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { missingWords } from '../../fetched/fetch-line.ts';
import type { Found } from '../../fetched/fetched.ts';
import type { Build } from '../../object/build.ts';
import { findingAt } from '../../object/finding.ts';
import { textAt } from '../../object/object-field.ts';
import { getPart, type Tracked } from '../../object/provenance.ts';
import { isNothing, type Rendered, renderedAs } from '../../object/renderer.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { Sources } from '../../source/load.ts';
import { isMapping, type Mapping } from '../../source/value.ts';
import { changedBuild } from '../changed-source.ts';
import { hasKustomization } from '../flux/generated-kustomization.ts';
import type { ArgoContext } from '../reconcile-context.ts';
import { emptyBuild } from '../reconciliation.ts';
import { renderDirectory } from '../render-directory.ts';
import { renderKustomize } from '../render-kustomize.ts';
import { tooMuch } from '../too-much.ts';
import { type ApplicationSource, chartOf, pathIn } from './application-source.ts';
import { buildEnvironment } from './build-environment.ts';
import { directoryFiles } from './directory-source.ts';
import { argoEdit } from './edit-kustomization.ts';
import { filesGiven, renderHelm } from './helm-source.ts';
import { overrideFiles, withOverrides } from './source-overrides.ts';

const tools = ['helm', 'kustomize', 'directory', 'plugin'] as const;
type Tool = (typeof tools)[number];

/** Renders one source as the repo-server of Argo CD 3.6 does. */
export function renderSource(declaration: Resource, one: ApplicationSource, context: ArgoContext): Rendered {
  const name = `Application ${nameOf(declaration.object)}`;
  const { value: written } = one.source;
  const url = textAt(written, 'repoURL') ?? '';
  const chart = chartOf(written);
  if (chart !== undefined) {
    const version = textAt(written, 'targetRevision') ?? '*';
    const repository = url.includes('://') ? url : `oci://${url}`;
    const wanted = { kind: 'chart', repository, name: chart, version } as const;
    const found = context.fetched.find(wanted);
    if (found.kind === 'absent') {
      const why = `${name} (${chart}): ${missingWords(wanted, context.fetched)}`;
      return renderedAs(notHere(declaration, one, context), why);
    }
    return found.kind === 'changed'
      ? renderedAs(changedBuild(declaration, found.path, [...one.path, 'chart'], found))
      : renderHelm({ declaration, source: one.source, path: found.path }, context);
  }
  const own = pathIn(one);
  const elsewhere = context.isHere(url)
    ? undefined
    : checkoutAt(url, textAt(written, 'targetRevision'), context);
  if (elsewhere?.kind === 'absent')
    return renderedAs(
      { ...notHere(declaration, one, context), root: own ?? '' },
      `${name} (${url}): its repository is not known to be this one`,
    );
  if (elsewhere?.kind === 'changed')
    return renderedAs(changedBuild(declaration, elsewhere.path, [...one.path, 'repoURL'], elsewhere));
  const path =
    elsewhere === undefined || own === undefined ? own : `${elsewhere.path}/${own}`.replace(/\/$/u, '');
  if (/\$\{|\{\{/u.test(path ?? ''))
    return notRendered(
      one,
      `${name}: the value of a variable in the path of its source is not in the repository`,
    );
  const { fileSystem } = context.sources;
  if (path === undefined || fileSystem.kind(path) !== 'directory')
    return renderedAs({ ...emptyBuild(path ?? ''), diagnostics: [missingPath(declaration, one)] });
  const overrides = overrideFiles(context.sources, path, declaration.object);
  const source = withOverrides(one.source, context.sources, overrides);
  const chosen = tools.filter((tool) => (source.value[tool] ?? null) !== null);
  if (chosen.length > 1)
    return renderedAs({ ...emptyBuild(path), diagnostics: [severalTools(declaration, one, chosen)] });
  const rendered = renderWith(
    chosen[0] ?? toolFor(path, context.sources),
    { declaration, source, path },
    context,
  );
  const { build } = rendered;
  return overrides.length === 0 || isNothing(build)
    ? rendered
    : { ...rendered, build: { ...build, inputs: [...build.inputs, ...overrides] } };
}

/** The build of a source whose chart or manifests lie elsewhere; values for them may lie here. */
function notHere(declaration: Resource, { source }: ApplicationSource, context: ArgoContext): Build {
  return {
    ...emptyBuild('', true),
    unrendered: filesGiven({ declaration, source, path: undefined }, context),
  };
}

/** A checkout of another repository, at the revision that the source names. */
function checkoutAt(repository: string, revision: string | undefined, { fetched }: ArgoContext): Found {
  const version = revision === 'HEAD' ? '' : (revision ?? '');
  return fetched.find({ kind: 'checkout', repository, version });
}

function notRendered(one: ApplicationSource, why: string): Rendered {
  return renderedAs(emptyBuild(pathIn(one) ?? '', true), why);
}

/** A source in this repository, and who names it. */
export interface RenderPlace {
  readonly declaration: Resource;
  readonly source: Tracked<Mapping>;
  readonly path: string;
}

function renderWith(tool: Tool, { declaration, source, path }: RenderPlace, context: ArgoContext): Rendered {
  const name = `Application ${nameOf(declaration.object)}`;
  if (tool === 'plugin')
    return renderedAs({ ...emptyBuild(path, true), unrendered: [path] }, `${name}: plugins are not executed`);
  if (tool === 'helm') return renderHelm({ declaration, source, path }, context);
  const options = getPart(source, tool);
  const mapping = options !== undefined && isMapping(options.value) ? options.value : undefined;
  if (tool === 'directory') {
    const { manifests, programs, isPart } = directoryFiles(context.sources, path, mapping);
    if (isPart)
      return renderedAs({
        ...emptyBuild(path),
        diagnostics: [tooMuch(declaration, `a directory with as many files as ${path || '.'}`, ['spec'])],
      });
    const rendered = renderDirectory({ root: path, files: manifests }, context);
    const [program] = programs;
    if (program === undefined) return rendered;
    const why = `${name}: ${program} is not executed`;
    return { ...rendered, build: { ...rendered.build, unrendered: [path] }, notRendered: [why] };
  }
  const loadRestrictor = context.builtFreely.byArgo ? 'none' : 'root-only';
  if (options === undefined || mapping === undefined)
    return renderKustomize({ root: path, loadRestrictor }, context);
  const { fileSystem } = context.sources;
  const environment = buildEnvironment(declaration, source.value);
  const edit = argoEdit(options, { fileSystem, directory: path, environment });
  const rendered = renderKustomize({ root: path, edit, loadRestrictor }, context);
  const version = textAt(mapping, 'version');
  const other = `${name}: built as kustomize 5.8 does, not ${version}, which its source specifies`;
  return version === undefined ? rendered : { ...rendered, notRendered: [other] };
}

/** What Argo CD finds in a directory that names no tool; a kustomization counts before a chart (util/app/discovery). */
function toolFor(path: string, { fileSystem }: Sources): Tool {
  if (hasKustomization(fileSystem, path)) return 'kustomize';
  return fileSystem.kind(path === '' ? 'Chart.yaml' : `${path}/Chart.yaml`) === 'file' ? 'helm' : 'directory';
}

function severalTools(
  declaration: Resource,
  { path }: ApplicationSource,
  chosen: readonly string[],
): Diagnostic {
  return findingAt(declaration, {
    rule: 'application-source-ambiguous',
    severity: 'error',
    message: `the source has ${chosen.join(' and ')}, but Argo CD allows only one of them: nothing is applied`,
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
        ? 'the source has no path, which Argo CD requires'
        : `${written} is not a directory of this repository, so nothing is applied`,
    help: 'correct the path, which is relative to the root of the repository',
    path: [...path, 'path'],
    unchecked: `what ${nameOf(declaration.object)} applies`,
  });
}
