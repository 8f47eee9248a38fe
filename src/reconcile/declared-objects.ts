import { isKind } from '../object/object-field.ts';
import { originOfDocument } from '../object/provenance.ts';
import type { Resource } from '../object/resource.ts';
import type { Sources } from '../source/load.ts';
import { isMapping, valueAt } from '../source/value.ts';
import { controllerGroups, mentionsController } from './mentions.ts';

/** An object of a controller as its file has it, before any build. */
export interface Declared {
  readonly file: string;
  readonly resource: Resource;
}

/** The objects of Flux and Argo CD in files, with the settings of Argo CD; only files that mention their groups are parsed. */
export function declaredObjects(sources: Sources, files: readonly string[]): Declared[] {
  return files
    .filter((file) => !isHidden(file) && mentionsController(sources, file))
    .flatMap((file) =>
      sources.load(file, 'kustomize').documents.flatMap(({ value, positions }) => {
        if (!isMapping(value)) return [];
        const resource = { object: value, origin: originOfDocument('resources', positions) };
        return isController(resource) || isArgoSettings(resource) ? [{ file, resource }] : [];
      }),
    );
}

export function isFluxKustomization(resource: Resource): boolean {
  return isKind(resource, 'kustomize.toolkit.fluxcd.io', 'Kustomization');
}

export function isApplication(resource: Resource): boolean {
  return isKind(resource, 'argoproj.io', 'Application');
}

export function isApplicationSet(resource: Resource): boolean {
  return isKind(resource, 'argoproj.io', 'ApplicationSet');
}

export function isFluxInstance(resource: Resource): boolean {
  return isKind(resource, 'fluxcd.controlplane.io', 'FluxInstance');
}

export function isResourceSet(resource: Resource): boolean {
  return isKind(resource, 'fluxcd.controlplane.io', 'ResourceSet');
}

/** The ConfigMap that Argo CD keeps its settings in. */
export function isArgoSettings({ object }: Resource): boolean {
  return object['kind'] === 'ConfigMap' && valueAt(object, ['metadata', 'name']) === 'argocd-cm';
}

/** Whether an object names more to deploy. */
export function isEntryPoint(resource: Resource): boolean {
  const isFlux = isFluxKustomization(resource) || isFluxInstance(resource) || isResourceSet(resource);
  return isFlux || isApplication(resource) || isApplicationSet(resource);
}

/** Whether an entry point says all that its controller needs; what does not is a patch for one. */
export function isWhole({ object }: Resource): boolean {
  const says = (...path: readonly string[]): boolean => valueAt(object, ['spec', ...path]) !== undefined;
  if (object['kind'] === 'Kustomization') return says('sourceRef');
  if (object['kind'] === 'FluxInstance') return says('sync');
  if (object['kind'] === 'ResourceSet')
    return says('resources') || says('resourcesTemplate') || says('steps');
  if (object['kind'] === 'ApplicationSet') return says('generators') && says('template', 'spec');
  const hasSource = says('source') || says('sources') || says('sourceHydrator', 'drySource');
  return hasSource && says('destination');
}

function isController(resource: Resource): boolean {
  const group = String(resource.object['apiVersion']).split('/')[0] ?? '';
  return controllerGroups.some((known) => group === known || group.endsWith(`.${known}`));
}

// Workflows and editor settings are nothing that anybody deploys.
function isHidden(file: string): boolean {
  return /(?:^|\/)\.[^/]/u.test(file);
}
