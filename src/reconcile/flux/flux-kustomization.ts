import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Found } from '../../fetched/fetched.ts';
import { findingAt } from '../../object/finding.ts';
import { isTrueAt, secondsOf, textAt } from '../../object/object-field.ts';
import { type Rendered, renderedAs } from '../../object/renderer.ts';
import { groupVersionKind, nameOf, type Resource } from '../../object/resource.ts';
import { findCustomKind, noCustomKinds } from '../../schema/custom-kind.ts';
import { isBuiltInGroup } from '../../schema/facts.ts';
import type { Sources } from '../../source/load.ts';
import { isMapping, type Mapping, valueAt } from '../../source/value.ts';
import { directoriesMatching } from '../argocd/git-generator.ts';
import { changedBuild } from '../changed-source.ts';
import type { ControllerKind } from '../controller-kind.ts';
import type { FluxContext } from '../reconcile-context.ts';
import { emptyBuild, type MadeReconciliation } from '../reconciliation.ts';
import { renderKustomize } from '../render-kustomize.ts';
import { withCommonMetadata } from './common-metadata.ts';
import { fluxEdit } from './edit-kustomization.ts';
import {
  checkoutOf,
  pathInSource,
  type ResolvedSource,
  relative,
  resolveSource,
  sourceNamed,
} from './flux-source.ts';
import { referencesIn } from './references.ts';
import { renderSubstituted } from './render-substituted.ts';
import { sourceIgnore } from './source-ignore.ts';
import { missesSources } from './variables.ts';
import { visitTexts } from './visit-texts.ts';

export const fluxKustomizationKind: ControllerKind = {
  group: 'kustomize.toolkit.fluxcd.io',
  kind: 'Kustomization',
  links: [{ path: ['spec', 'sourceRef'], kind: '' }],
  isAwaited: true,
  entry: {
    // A server takes none without `interval` and `prune`: with a source alone it is a patch.
    isWhole: ({ spec }) =>
      isMapping(spec) &&
      spec['sourceRef'] !== undefined &&
      ['interval', 'path', 'prune'].some((field) => spec[field] !== undefined),
    pathField: () => ['spec', 'path'],
    readsObjects: (object) => valueAt(object, ['spec', 'postBuild', 'substituteFrom']) !== undefined,
    lacksObjects: missesSources,
    reconcile: reconcileFlux,
  },
};

/** What kustomize-controller 1.9 makes of a Flux Kustomization. */
function reconcileFlux(declaration: Resource, namespace: string, context: FluxContext): MadeReconciliation {
  const { object } = declaration;
  const resolved = onlyDirectory(resolveSource(declaration, namespace, context.knowledge), context.sources);
  const targetNamespace = textAt(object, 'spec', 'targetNamespace');
  const destination = destinationOf(object, namespace);
  const rendered = renderFlux(declaration, namespace, resolved, context);
  const interval = secondsOf(textAt(object, 'spec', 'interval'));
  const timeout = secondsOf(textAt(object, 'spec', 'timeout'));
  return {
    by: 'flux',
    kind: 'Kustomization',
    name: nameOf(object),
    namespace,
    declaration,
    source: resolved.source,
    ...(resolved.path === undefined ? {} : { path: resolved.path }),
    ...(targetNamespace === undefined ? {} : { targetNamespace }),
    ...(destination === undefined ? {} : { destination }),
    dependsOn: referencesIn(declaration, 'dependsOn', { kind: 'Kustomization', namespace }),
    healthChecks: referencesIn(declaration, 'healthChecks', { kind: '', namespace: '' }),
    prune: isTrueAt(object, 'spec', 'prune'),
    wait: isTrueAt(object, 'spec', 'wait'),
    suspend: isTrueAt(object, 'spec', 'suspend'),
    ...(interval === undefined ? {} : { interval }),
    ...(timeout === undefined ? {} : { timeout }),
    ...rendered,
  };
}

/** Where variables in a path leave one directory of the repository, that is the one: whoever makes the object puts its name there. */
function onlyDirectory(resolved: ResolvedSource, { fileSystem }: Sources): ResolvedSource {
  const { path } = resolved;
  if (path?.includes('${') !== true || !/[^/]\/|\/[^/$]/u.test(path)) return resolved;
  const { paths } = directoriesMatching(fileSystem, path.replaceAll(/\$\{[^}]{0,200}\}/gu, '*'));
  const [only, ...others] = paths;
  return only === undefined || others.length > 0 ? resolved : { ...resolved, path: only };
}

/** The cluster that a kubeconfig leads to, by the name of what holds it. */
function destinationOf(object: Mapping, namespace: string): string | undefined {
  const [name] = ['secretRef', 'configMapRef'].flatMap(
    (field) => textAt(object, 'spec', 'kubeConfig', field, 'name') ?? [],
  );
  return name === undefined ? undefined : `${namespace}/${name}`;
}

function renderFlux(
  declaration: Resource,
  namespace: string,
  { source, path, ignore }: ResolvedSource,
  context: FluxContext,
): Rendered {
  const name = `Kustomization ${namespace}/${nameOf(declaration.object)}`;
  if (path === undefined) {
    const elsewhere = fetchedPath(declaration, source, context);
    if (elsewhere?.kind === 'here')
      return renderFlux(declaration, namespace, { source, path: elsewhere.path }, context);
    if (elsewhere?.kind === 'changed')
      return renderedAs(changedBuild(declaration, elsewhere.path, ['spec', 'sourceRef', 'name'], elsewhere));
    const why = `${name} (${source.kind} ${source.name}): its repository is not known to be this one`;
    return renderedAs(emptyBuild('', true), why);
  }
  const open = variablesIn(declaration.object);
  if (path.includes('${')) {
    const why = `${name}: the value of a variable in spec.path is not in the repository`;
    return { build: emptyBuild('', true), notRendered: [why], unresolved: open };
  }
  const { fileSystem } = context.sources;
  if (fileSystem.kind(path) !== 'directory')
    return renderedAs({ ...emptyBuild(path), diagnostics: [missingPath(declaration, path, source.name)] });
  const isIgnored = sourceIgnore([textOfFile(context.sources, '.sourceignore'), ignore]);
  const edit = fluxEdit(declaration, { fileSystem, directory: path, isIgnored });
  // It reads the file without the strict mode of its decoder, and writes it anew (kustomize_generator.go).
  const forgivenBy = 'kustomize-controller';
  const of = renderKustomize({ root: path, edit, loadRestrictor: 'none', forgivenBy }, context);
  const substituted = renderSubstituted({ of, declaration, namespace }, context);
  const resources = substituted.build.resources.map((resource) => withCommonMetadata(resource, declaration));
  const left = of.build.inputs.filter(isIgnored);
  const diagnostics = [
    ...substituted.build.diagnostics,
    ...(left[0] === undefined ? [] : [notInArtifact(declaration, left[0], source.name)]),
    ...of.build.resources.flatMap((resource) => judgeEncryption(resource, declaration, path)),
  ];
  const ignores = fileSystem.kind('.sourceignore') === 'file' ? ['.sourceignore'] : [];
  const inputs = [...substituted.build.inputs, ...ignores];
  return {
    ...substituted,
    build: { ...substituted.build, resources, diagnostics, inputs },
    // What stands in the object itself gets its value from whoever applies that, as in a catalogue.
    unresolved: [...new Set([...substituted.unresolved, ...open])],
  };
}

/** The directory of a source that is another repository, or an artifact, and was fetched. */
function fetchedPath(
  declaration: Resource,
  source: ResolvedSource['source'],
  { knowledge, fetched }: FluxContext,
): Found | undefined {
  const object = sourceNamed(source, declaration, knowledge);
  const wanted = object === undefined ? undefined : checkoutOf(object);
  if (wanted === undefined) return undefined;
  const found = fetched.find(wanted);
  if (found.kind === 'absent') return found;
  const inside = pathInSource(textAt(declaration.object, 'spec', 'path') ?? '');
  return { ...found, path: inside === '' ? found.path : `${found.path}/${inside}` };
}

/** The names of variables that nobody has put values in place of. */
function variablesIn(object: Mapping): string[] {
  const names = new Set<string>();
  visitTexts(object, [], '${', (text) => {
    for (const [, name = ''] of text.matchAll(/\$\{([A-Za-z_]\w*)/gu)) names.add(name);
  });
  return [...names];
}

/** An object that SOPS encrypted, where nobody decrypts: what is applied is the encrypted text. */
function judgeEncryption(resource: Resource, declaration: Resource, entryPoint: string): Diagnostic[] {
  const { sops } = resource.object;
  const { spec } = declaration.object;
  if (!isMapping(sops) || typeof sops['mac'] !== 'string') return [];
  if (isMapping(spec) && isMapping(spec['decryption'])) return [];
  if (mayDecryptItself(resource.object)) return [];
  const problem = {
    rule: 'decryption-missing',
    severity: 'error',
    message: `SOPS encrypted this object, but Kustomization ${nameOf(declaration.object)} decrypts nothing`,
    help: 'set spec.decryption in the Kustomization, with provider: sops',
    path: ['sops'],
    part: 'key',
    related: [{ resource: declaration, path: ['metadata', 'name'], message: 'applied by this' }],
  } as const;
  return [findingAt(resource, problem, entryPoint)];
}

/** Whether the kind is none that is known to lack a field for the record of SOPS: an operator decrypts objects such as a SopsSecret in the cluster. */
function mayDecryptItself(object: Mapping): boolean {
  const { group, version, kind } = groupVersionKind(object);
  if (isBuiltInGroup(group)) return false;
  const known = findCustomKind(noCustomKinds, group, version, kind)?.schema;
  return known === undefined || known.properties.has('sops');
}

function textOfFile(sources: Sources, path: string): string | undefined {
  if (sources.fileSystem.kind(path) !== 'file') return undefined;
  const bytes = sources.bytes(path);
  return typeof bytes === 'string' ? undefined : new TextDecoder().decode(bytes);
}

function missingPath(declaration: Resource, path: string, source: string): Diagnostic {
  return findingAt(declaration, {
    rule: 'flux-path-missing',
    severity: 'error',
    message: `${path} is not a directory of this repository, the content of ${source}, so nothing is applied`,
    help:
      relative(textAt(declaration.object, 'spec', 'path') ?? '') === path
        ? 'correct spec.path, which is relative to the root of the source'
        : 'correct spec.path',
    path: ['spec', 'path'],
    unchecked: `what ${nameOf(declaration.object)} applies`,
  });
}

function notInArtifact(declaration: Resource, file: string, source: string): Diagnostic {
  return findingAt(declaration, {
    rule: 'file-not-in-artifact',
    severity: 'error',
    message: `the build reads ${file}, which ${source} leaves out of its artifact (.sourceignore or spec.ignore)`,
    help: 'remove the pattern, or remove the file from the build',
    path: ['spec', 'path'],
  });
}
