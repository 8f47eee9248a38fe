import { type Origin, setKey, type Tracked } from '../../object/provenance.ts';
import { type Mapping, newMapping } from '../../source/value.ts';
import { type AccumulatedResource, newResource } from '../accumulated-resource.ts';
import { mappingOf, textOf } from '../kustomization.ts';

/** The service account that a GKE workload identity needs (api/filters/iampolicygenerator). */
export function generateServiceAccount(config: Tracked<Mapping>, origin: Origin): AccumulatedResource {
  const textIn = (part: string, field: string): string => {
    const found = mappingOf(config, part);
    return found === undefined ? '' : textOf(found, field);
  };
  const annotations = newMapping();
  annotations['iam.gke.io/gcp-service-account'] =
    `${textIn('serviceAccount', 'name')}@${textIn('serviceAccount', 'projectId')}.iam.gserviceaccount.com`;
  const metadata = newMapping();
  metadata['annotations'] = annotations;
  metadata['name'] = textIn('kubernetesService', 'name');
  const namespace = textIn('kubernetesService', 'namespace');
  if (namespace !== '') metadata['namespace'] = namespace;
  let object: Tracked<Mapping> = { value: newMapping(), origin };
  object = setKey(object, 'apiVersion', { value: 'v1', origin });
  object = setKey(object, 'kind', { value: 'ServiceAccount', origin });
  return newResource(setKey(object, 'metadata', { value: metadata, origin }));
}
