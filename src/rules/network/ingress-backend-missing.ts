import { groupVersionKind, namespaceOf, type Resource } from '../../object/resource.ts';
import { isSequence, type Path, valueAt } from '../../source/value.ts';
import { judgeServiceTarget, type ServiceTarget } from '../../workload/network/service-target.ts';
import type { BuildRule } from '../rule.ts';

export const ingressBackendMissing: BuildRule = {
  id: 'ingress-backend-missing',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['network', 'references'],
  *judge(build, context) {
    for (const ingress of build.resources) {
      const { group, kind } = groupVersionKind(ingress.object);
      if (group !== 'networking.k8s.io' || kind !== 'Ingress') continue;
      const seen = new Set<string>();
      for (const backend of backendsOf(ingress)) {
        const problem = judgeServiceTarget(ingress, backend, { build, context });
        // A second path to the same backend says nothing new.
        if (problem === undefined || seen.has(problem.message)) continue;
        seen.add(problem.message);
        yield problem;
      }
    }
  },
};

function backendsOf({ object }: Resource): ServiceTarget[] {
  const rules = valueAt(object, ['spec', 'rules']);
  const paths = isSequence(rules)
    ? rules.flatMap((rule, ruleIndex) => {
        const list = valueAt(rule, ['http', 'paths']);
        if (!isSequence(list)) return [];
        return list.map((_, index): Path => ['spec', 'rules', ruleIndex, 'http', 'paths', index, 'backend']);
      })
    : [];
  const all: Path[] = [['spec', 'defaultBackend'], ...paths];
  return all.flatMap((path) => {
    const name = valueAt(object, [...path, 'service', 'name']);
    if (typeof name !== 'string' || name === '') return [];
    const portPath = [...path, 'service', 'port'];
    const port = valueAt(object, portPath);
    // The AWS controller reads such a backend from an annotation; no Service is meant.
    if (valueAt(port, ['name']) === 'use-annotation') return [];
    const field = (['name', 'number'] as const).find((one) => valueAt(port, [one]) !== undefined);
    const target: ServiceTarget = {
      name,
      namespace: namespaceOf(object),
      path: [...path, 'service', 'name'],
      verb: 'sends traffic to',
    };
    if (field === undefined) return [target];
    const wanted = valueAt(port, [field]) ?? null;
    return [
      {
        ...target,
        port: { wanted, field: field === 'name' ? 'name' : 'port', path: [...portPath, field] },
      },
    ];
  });
}
