import type { RequiredWorkload } from '../../configuration/configuration.ts';
import { nearestName } from '../../diagnostic/closest-word.ts';
import type { Place } from '../../object/place.ts';
import { originOfEntry } from '../../object/provenance.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import { isWorkload, serviceName } from '../../object/service-name.ts';
import type { BuildRule } from '../rule.ts';

export const requiredWorkloadMissing: BuildRule = {
  id: 'required-workload-missing',
  severity: 'error',
  scope: 'build',
  criterion: 'exists',
  tags: ['environments'],
  *judge({ root, resources }, { environments }) {
    for (const environment of environments.filter((one) => one.root === root)) {
      const workloads = resources.filter(({ object }) => isWorkload(object));
      const names = new Set(workloads.flatMap(namesOf));
      for (const required of environment.requiredWorkloads) {
        const { name } = required;
        if (names.has(name)) continue;
        yield {
          at: placeOf(required),
          message: `there is no workload ${name}`,
          help: helpFor(name, names),
        };
      }
    }
  },
};

function placeOf({ name, span }: RequiredWorkload): Place {
  return [{ value: name, origin: originOfEntry('requiredWorkloads', span) }];
}

/** A workload goes by its name, and by `app.kubernetes.io/name` where a prefix or a chart has made another name of it. */
function namesOf(resource: Resource): string[] {
  return [nameOf(resource.object), serviceName(resource)];
}

function helpFor(name: string, names: ReadonlySet<string>): string {
  const near = nearestName(name, names);
  const meant = near === undefined ? '' : ` (there is "${near}")`;
  return `add the workload to the build${meant}, or add the label app.kubernetes.io/name: ${name} to the right one`;
}
