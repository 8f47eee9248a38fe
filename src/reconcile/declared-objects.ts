import { originOfDocument } from '../object/provenance.ts';
import type { Resource } from '../object/resource.ts';
import type { Sources } from '../source/load.ts';
import { isMapping } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { isArgoSettings } from './argocd/settings.ts';
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
      sources.load(file, 'api-server').documents.flatMap(({ value, positions }) => {
        if (!isMapping(value)) return [];
        const resource = { object: value, origin: originOfDocument('resources', positions) };
        return isController(resource) || isArgoSettings(resource) ? [{ file, resource }] : [];
      }),
    );
}

function isController(resource: Resource): boolean {
  const group = valueText(resource.object['apiVersion']).split('/')[0] ?? '';
  return controllerGroups.some((known) => group === known || group.endsWith(`.${known}`));
}

// Workflows and editor settings are nothing that anybody deploys, but `.bootstrap` and `.argocd` are where some begin.
function isHidden(file: string): boolean {
  return file.split('/').some((part) => /^\.[^.]/u.test(part) && !ofDeployment.test(part));
}

const ofDeployment = /^\.(?:argo|bootstrap|cluster|deploy|flux|gitops|k8s|kube(?!$)|manifests)/iu;
