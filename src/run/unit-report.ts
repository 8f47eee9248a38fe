import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { grouped } from '../diagnostic/grouped.ts';
import type { Span } from '../diagnostic/span.ts';
import { objectReference, type Resource } from '../object/resource.ts';
import { isWorkload, serviceName } from '../object/service-name.ts';
import type { EvidenceReport } from '../report/evidence-report.ts';
import type { EnvironmentReport, Occurrence, Unchecked } from '../report/report.ts';
import { entryPointOf, type Unit } from '../survey/unit.ts';
import { environmentFolder, withoutEnvironment } from '../workload/environment/environment-name.ts';
import { evidenceOf } from '../workload/environment/evidence.ts';
import { objectKey } from './object-key.ts';
import type { Verdict } from './verdict.ts';

/** What the report says of a unit as a whole, or of each environment in it; nothing of what only completes another one. */
export function unitReport({ unit, undecoded }: Verdict): EnvironmentReport[] {
  const { id, environment, build } = unit;
  const required = environment?.requiredWorkloads.map(({ name }) => name) ?? [];
  return partsOf(unit).map(({ name, resources, isPart }) => {
    const nameIn = serviceNaming(isPart ? name : undefined);
    const workloads = resources.filter(({ object }) => isWorkload(object));
    const own = new Set(resources);
    const unread = [...new Set(undecoded.filter((one) => own.has(one)).map(nameIn))];
    return {
      name,
      entryPoint: id.root,
      ...(id.role === 'environment' ? { isNamed: true } : {}),
      ...(isPart ? { isPart } : {}),
      complete: build.complete,
      objects: resources.length,
      services: [...new Set([...required, ...workloads.map(nameIn)])],
      ...(unread.length === 0 ? {} : { unread }),
    };
  });
}

/** The lines behind the marks of an environment. */
export function unitEvidence(unit: Unit): EvidenceReport[] {
  return partsOf(unit).map(({ name, resources, isPart }) => {
    const services = evidenceOf({ ...unit.build, resources });
    const nameIn = (service: string): string => (isPart ? withoutEnvironment(service, name) : service);
    return {
      environment: name,
      entryPoint: unit.id.root,
      services: services.map((one) => ({ ...one, service: nameIn(one.service) })),
    };
  });
}

interface Part {
  readonly name: string;
  readonly resources: readonly Resource[];
  readonly isPart?: true;
}

/** The environments of a unit: itself, or those that share the cluster, where some of them run the same services. */
function partsOf(unit: Unit): Part[] {
  const { id, title, build } = unit;
  if (title === undefined || id.role === 'beside') return [];
  const parts = grouped(build.resources, (resource) => environmentIn(unit, resource) ?? title);
  const services = [...parts].flatMap(([name, resources]) => [
    ...new Set(resources.filter(({ object }) => isWorkload(object)).map(serviceNaming(name))),
  ]);
  if (new Set(services).size === services.length) return [{ name: title, resources: build.resources }];
  return [...parts].map(([name, resources]) => ({ name, resources, isPart: true }));
}

/** The environment that the directory of whoever applies an object is named after, below that of the cluster. */
function environmentIn({ id, appliedFrom }: Unit, resource: Resource): string | undefined {
  const path = appliedFrom?.get(resource);
  return path === undefined || path === id.root ? undefined : environmentFolder(path)?.name;
}

/** Services have one name in all environments of a cluster, whatever prefix tells them apart. */
function serviceNaming(environment: string | undefined): (resource: Resource) => string {
  return (resource) => {
    const name = serviceName(resource);
    return environment === undefined ? name : withoutEnvironment(name, environment);
  };
}

/** The service and the environment of a diagnostic's object; a required workload that is missing is known by the line that requires it. */
export function attribution(
  units: readonly Unit[],
): (diagnostic: Diagnostic) => Pick<Occurrence, 'service' | 'environment'> | undefined {
  const places = new Map<string | Span, Pick<Occurrence, 'service' | 'environment'>>();
  for (const unit of units) {
    for (const { name, resources, isPart } of partsOf(unit)) {
      const nameIn = serviceNaming(isPart ? name : undefined);
      for (const resource of resources)
        places.set(objectKey(objectReference(resource.object), entryPointOf(unit)), {
          service: nameIn(resource),
          ...(isPart ? { environment: name } : {}),
        });
    }
    for (const { name, span } of unit.environment?.requiredWorkloads ?? [])
      places.set(span, { service: name });
  }
  return ({ object, entryPoint, span }) =>
    places.get(object === undefined ? span : objectKey(object, entryPoint));
}

/** What could not be judged at all; that there is nothing to judge only where it was to be found below `paths`. */
export function uncheckedUnits(units: readonly Unit[], paths: readonly string[]): Unchecked[] {
  const silent = units.filter(
    ({ build }) => !build.complete && build.diagnostics.every(({ unchecked }) => unchecked === undefined),
  );
  const isEmpty = units.every(({ build }) => build.resources.length === 0 && build.diagnostics.length === 0);
  return [
    ...silent.map((unit) => ({ what: entryPointOf(unit) ?? '.', why: 'the build is not complete' })),
    ...(paths.length > 0 && isEmpty ? [nothingToJudge(paths)] : []),
  ];
}

export function nothingToJudge(paths: readonly string[]): Unchecked {
  return {
    what: paths.map((path) => path || '.').join(', '),
    why: 'there is no Kubernetes manifest to check',
  };
}
