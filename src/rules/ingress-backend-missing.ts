import type { Build } from '../build/build.ts';
import { groupVersionKind, nameOf, type Resource } from '../build/resource.ts';
import { isMapping, isSequence, type Path, type Value, valueAt } from '../source/value.ts';
import { maySeeEachOther } from './custom-resource.ts';
import { knownOnce } from './known-once.ts';
import { nearestName } from './nearest-name.ts';
import { possibleMaker } from './possible-maker.ts';
import { isProvided } from './provided-name.ts';
import type { BuildRule, RuleContext, RuleProblem } from './rule.ts';
import { isPartlyBuilt, unseenMaker } from './unseen-maker.ts';

export const ingressBackendMissing: BuildRule = {
  id: 'ingress-backend-missing',
  severity: 'error',
  scope: 'build',
  *judge(build, context) {
    for (const ingress of build.resources) {
      const { group, kind } = groupVersionKind(ingress.object);
      if (group !== 'networking.k8s.io' || kind !== 'Ingress') continue;
      const seen = new Set<string>();
      for (const backend of backendsOf(ingress)) {
        const problem = judgeBackend(ingress, backend, build, context);
        // A second path to the same backend says nothing new.
        if (problem === undefined || seen.has(problem.message)) continue;
        seen.add(problem.message);
        yield problem;
      }
    }
  },
};

interface Backend {
  readonly name: string;
  readonly port: Value | undefined;
  /** The way to `service`. */
  readonly path: Path;
}

function backendsOf({ object }: Resource): Backend[] {
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
    const port = valueAt(object, [...path, 'service', 'port']);
    // The AWS controller reads such a backend from an annotation; no Service is meant.
    if (valueAt(port, ['name']) === 'use-annotation') return [];
    return [{ name, port, path: [...path, 'service'] }];
  });
}

function judgeBackend(
  ingress: Resource,
  backend: Backend,
  build: Build,
  context: RuleContext,
): RuleProblem | undefined {
  const services = [...new Set([build, ...(context.neighbours ?? [])])]
    .flatMap(servicesIn)
    .filter((service) => maySeeEachOther(ingress, service));
  const named = services.filter(({ object }) => nameOf(object) === backend.name);
  if (named.length > 0) return judgePort(ingress, backend, named);
  if (isProvided('Service', backend.name, ingress, context)) return undefined;
  return missingService(ingress, backend, services, { build, context });
}

function missingService(
  ingress: Resource,
  { name, path }: Backend,
  services: readonly Resource[],
  { build, context }: { readonly build: Build; readonly context: RuleContext },
): RuleProblem {
  const maker = possibleMaker(ingress, name, build, context) ?? unseenMaker(ingress, build, context);
  const near = nearestName(
    name,
    services.map(({ object }) => nameOf(object)),
  );
  const isPart = (context.neighbours ?? []).length > 1;
  const what = `Ingress ${nameOf(ingress.object)} sends to Service ${name}, which is not there`;
  return {
    at: [ingress, ...path, 'name'],
    message: maker === undefined ? what : `${what}, unless ${maker} makes it`,
    help:
      near === undefined
        ? 'add the Service to the build, or name it under provided in cdb-lint.yaml if it is made elsewhere'
        : `there is ${near}: correct the name`,
    ...(maker !== undefined || isPartlyBuilt(context)
      ? { severity: 'note' }
      : isPart
        ? { severity: 'warning' }
        : {}),
  };
}

function judgePort(
  ingress: Resource,
  { name, port, path }: Backend,
  services: readonly Resource[],
): RuleProblem | undefined {
  const field = (['name', 'number'] as const).find((one) => valueAt(port, [one]) !== undefined);
  if (field === undefined) return undefined;
  // An ExternalName needs no ports; some controllers read the number alone.
  if (services.some(({ object }) => valueAt(object, ['spec', 'type']) === 'ExternalName')) return undefined;
  const wanted = valueAt(port, [field]);
  const ports = services.flatMap(portsOf);
  if (ports.some((one) => valueAt(one, [field === 'name' ? 'name' : 'port']) === wanted)) return undefined;
  const listed = ports.flatMap((one) =>
    isMapping(one)
      ? [one['name'] === undefined ? String(one['port']) : `${String(one['name'])} = ${String(one['port'])}`]
      : [],
  );
  return {
    at: [ingress, ...path, 'port', field],
    message: `Ingress ${nameOf(ingress.object)} sends to port ${String(wanted)} of Service ${name}, which does not have it`,
    help: `use one of its ports: ${[...new Set(listed)].join(', ')}; not the targetPort`,
    related: services.map((service) => ({
      at: [service, 'spec', 'ports'] as const,
      message: `the ports of Service ${name}`,
    })),
  };
}

const servicesIn = knownOnce(({ resources }: Build): readonly Resource[] =>
  resources.filter(({ object }) => object['kind'] === 'Service' && object['apiVersion'] === 'v1'),
);

function portsOf({ object }: Resource): readonly Value[] {
  const ports = valueAt(object, ['spec', 'ports']);
  return isSequence(ports) ? ports : [];
}
