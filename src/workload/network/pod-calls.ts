import type { Build } from '../../object/build.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import { eachNamed, meet, objectsNamed } from '../cluster-objects.ts';
import { podReferencesOf } from '../pod/pod-reference.ts';
import type { PodTemplate } from '../pod/pod-template.ts';
import type { Surroundings } from '../surroundings.ts';
import { type CalledService, calledServices } from './called-service.ts';
import type { Around } from './network-access.ts';

/** A Service that the pods of a template call, and the object that tells them to. */
export interface PodCall extends CalledService {
  readonly told: Resource;
}

/** The Services that the pods of a template call: by their own texts, and by those of the ConfigMaps that they read. */
export function podCalls({ resource }: PodTemplate, { build, context }: Around): PodCall[] {
  const own = calledServices(resource, build, context).map((call) => ({ ...call, told: resource }));
  const namespace = namespaceOf(resource.object);
  const read = podReferencesOf(resource)
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap(({ name, keys }) =>
      readBy({ kind: 'ConfigMap', name, namespace }, build, context).flatMap((told) =>
        calledServices(told, build, context)
          .filter(({ path }) => keys.length === 0 || keys.some(({ key }) => path[1] === key))
          .map((call) => ({ ...call, told })),
      ),
    );
  return [...own, ...read].filter((call) => meet(namespaceOf(call.told.object), namespace));
}

/** What is read by a name: what the build itself brings, else all that may be meant. In a fleet each cluster has one of its own. */
function readBy(
  wanted: { readonly kind: string; readonly name: string; readonly namespace: string },
  build: Build,
  context: Surroundings,
): readonly Resource[] {
  const own = [...eachNamed(wanted, build, {})];
  return own.length > 0 ? own : objectsNamed(wanted, build, context);
}
