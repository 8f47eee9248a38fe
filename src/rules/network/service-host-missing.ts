import { nearestName } from '../../diagnostic/closest-word.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { originalText } from '../../object/layer.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { meet, objectsIn, objectsNamed } from '../../workload/cluster-objects.ts';
import { type CalledService, calledServices } from '../../workload/network/called-service.ts';
import { isCoreService } from '../../workload/network/service-target.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import { possibleMaker } from '../../workload/possible-maker.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import { isPartlyBuilt, unseenMaker } from '../../workload/unseen-maker.ts';
import type { BuildRule } from '../rule.ts';

export const serviceHostMissing: BuildRule = {
  id: 'service-host-missing',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['network', 'references'],
  *judge(build, context) {
    for (const resource of build.resources) {
      const seen = new Set<string>();
      for (const called of calledServices(resource, build, context)) {
        const { name, namespace, services } = called;
        const key = `${namespace}/${name}`;
        if (services.length > 0 || seen.has(key) || isKnown(called, build, context)) continue;
        seen.add(key);
        // What carries the name, a release or a custom resource, very likely makes the Service as well.
        if (possibleMaker(resource, name, build, context) !== undefined) continue;
        yield problemOf(resource, called, build, context);
      }
    }
  },
};

// Present in every cluster, or under its old name before a transformer, which `renamed-name-in-string` reports.
function isKnown({ name, namespace }: CalledService, build: Build, { provided }: Surroundings): boolean {
  if (namespace === 'kube-system' || (name === 'kubernetes' && ['default', ''].includes(namespace)))
    return true;
  if (oldServiceNames(build).has(name)) return true;
  return provided.some(
    (one) =>
      one.kind === 'Service' &&
      one.name === name &&
      (one.namespace === undefined || meet(one.namespace, namespace)),
  );
}

const oldServiceNames = knownOnce(
  ({ resources }: Build) =>
    new Set(
      resources.flatMap((resource) =>
        resource.object['kind'] === 'Service' ? (originalText(resource, ['metadata', 'name']) ?? []) : [],
      ),
    ),
);

function problemOf(
  resource: Resource,
  { name, namespace, path, within }: CalledService,
  build: Build,
  context: Surroundings,
): RuleProblem {
  const near = nearestName(
    name,
    objectsIn({ kind: 'Service', namespace }, build, context)
      .filter(isCoreService)
      .map(({ object }) => nameOf(object)),
  );
  const elsewhere = objectsNamed({ kind: 'Service', name, namespace: '' }, build, context).find(
    isCoreService,
  );
  const maker = unseenMaker(resource, build, context);
  const where = namespace === namespaceOf(resource.object) ? '' : ` of namespace ${namespace}`;
  const what = `${describe(resource)} calls ${name}${where}, but there is no Service with that name`;
  return {
    at: [resource, ...path],
    within,
    message: maker === undefined ? what : `${what}, unless ${maker} creates one`,
    cause: `there is no Service ${name} in namespace ${namespace}`,
    help:
      near !== undefined
        ? `there is ${near}: correct the name`
        : elsewhere !== undefined
          ? `it is in namespace ${namespaceOf(elsewhere.object)}: write ${name}.${namespaceOf(elsewhere.object)}`
          : 'correct the name, add the Service, or list it under provided in cdb-lint.yaml if something else creates it',
    ...(maker !== undefined || isPartlyBuilt(context) ? { severity: 'note' } : {}),
  };
}
