import { isTrueAt, textAt } from '../../object/object-field.ts';
import { getAt, getPart, namedOrigin, setKey, type Tracked } from '../../object/provenance.ts';
import { joinRendered } from '../../object/renderer.ts';
import {
  groupVersionKind,
  nameOf,
  namespaceOf,
  type Resource,
  trackedObject,
} from '../../object/resource.ts';
import { namesOfKind } from '../../schema/kind-names.ts';
import { isMapping, type Mapping, valueAt } from '../../source/value.ts';
import type { ControllerKind } from '../controller-kind.ts';
import type { ArgoContext } from '../reconcile-context.ts';
import type { MadeReconciliation } from '../reconciliation.ts';
import { chartOf, drySource, pathIn, sourcesOf } from './application-source.ts';
// Loaded when called: few repositories have one, and it brings charts.
import { renderSource } from './render-source.ts';
import { referencesOf } from './value-files.ts';

export const applicationKind: ControllerKind = {
  group: 'argoproj.io',
  kind: 'Application',
  entry: {
    isWhole({ spec }) {
      const says = (...path: string[]): boolean => valueAt(spec, path) !== undefined;
      return (
        (says('source') || says('sources') || says('sourceHydrator', 'drySource')) && says('destination')
      );
    },
    pathField: ({ object }) =>
      textAt(object, ...drySource, 'path') === undefined
        ? ['spec', 'source', 'path']
        : [...drySource, 'path'],
    reconcile: reconcileApplication,
  },
};

/** What Argo CD makes of an Application, as its repo-server renders it. */
/** Whoever logs in there, it is the same cluster. */
function destinationOf(object: Mapping): string | undefined {
  const server = textAt(object, 'spec', 'destination', 'server');
  return (
    textAt(object, 'spec', 'destination', 'name') ?? server?.replace(/^(\w+:\/\/)[^/@]*@|[?#].*$/gu, '$1')
  );
}

function reconcileApplication(
  declaration: Resource,
  namespace: string,
  context: ArgoContext,
): MadeReconciliation {
  const { object } = declaration;
  const sources = sourcesOf(declaration);
  const [first] = sources;
  const url = first === undefined ? '' : (textAt(first.source.value, 'repoURL') ?? '');
  const isDirectory = first !== undefined && chartOf(first.source.value) === undefined && context.isHere(url);
  const path = isDirectory ? pathIn(first) : undefined;
  const revision = first === undefined ? undefined : textAt(first.source.value, 'targetRevision');
  const destination = destinationOf(object);
  const isRemote =
    destination !== undefined && !/^(?:in-cluster|https:\/\/kubernetes\.default\.svc.*)$/u.test(destination);
  const parts = sources.map((source) => renderSource(declaration, source, context));
  const rendered = joinRendered(parts, path ?? '');
  const { build } = rendered;
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
      ...(revision === undefined ? {} : { revision }),
      place: context.isHere(url) ? 'here' : 'elsewhere',
    },
    ...(path === undefined ? {} : { path }),
    foreignRepositories: [
      ...sources.map(({ source }) => textAt(source.value, 'repoURL') ?? ''),
      ...[...referencesOf(declaration).values()].map((one) => one.url),
    ].filter((one) => !context.isHere(one)),
    ...(isRemote ? { destination } : {}),
    dependsOn: [],
    healthChecks: [],
    prune:
      isTrueAt(object, 'spec', 'syncPolicy', 'automated', 'prune') &&
      valueAt(object, ['spec', 'syncPolicy', 'automated', 'enabled']) !== false,
    wait: false,
    suspend: false,
    ...rendered,
    build: { ...build, resources: build.resources.map((resource) => inNamespace(resource, declaration)) },
  };
}

// Argo CD applies what names no namespace to that of the destination.
function inNamespace(resource: Resource, declaration: Resource): Resource {
  const target = getAt(trackedObject(declaration), ['spec', 'destination', 'namespace']);
  const metadata = getPart(trackedObject(resource), 'metadata');
  if (typeof target?.value !== 'string' || target.value === '' || namespaceOf(resource.object) !== '')
    return resource;
  if (metadata === undefined || !isMapping(metadata.value)) return resource;
  if (namesOfKind(groupVersionKind(resource.object))?.namespaced !== true) return resource;
  const part = { value: target.value, origin: namedOrigin('destination', target.origin) };
  const object = setKey(
    trackedObject(resource),
    'metadata',
    setKey(metadata as Tracked<Mapping>, 'namespace', part),
  );
  return { ...resource, object: object.value, origin: object.origin };
}
