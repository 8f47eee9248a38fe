import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import { objectReference } from '../object/resource.ts';
import { serviceName, servicesOf } from '../object/service-name.ts';
import type { EvidenceReport } from '../report/evidence-report.ts';
import type { EnvironmentReport, Unchecked } from '../report/report.ts';
import { entryPointOf, type Unit } from '../survey/unit.ts';
import { evidenceOf } from '../workload/environment/evidence.ts';
import { objectKey } from './object-key.ts';
import type { Verdict } from './verdict.ts';

/** What the report says of a unit as a whole; nothing of what only completes another one. */
export function unitReport({ unit, undecoded }: Verdict): EnvironmentReport[] {
  const { id, title, environment, build } = unit;
  if (title === undefined || id.role === 'beside') return [];
  const required = environment?.requiredWorkloads.map(({ name }) => name) ?? [];
  const services = new Set([...required, ...servicesOf(build.resources)]);
  const unread = [...new Set(undecoded.map(({ object }) => serviceName(object)))];
  return [
    {
      name: title,
      entryPoint: id.root,
      complete: build.complete,
      objects: build.resources.length,
      services: [...services],
      ...(unread.length === 0 ? {} : { unread }),
    },
  ];
}

/** The lines behind the marks of an environment. */
export function unitEvidence({ id, title, build }: Unit): EvidenceReport[] {
  return title === undefined || id.role === 'beside'
    ? []
    : [{ environment: title, entryPoint: id.root, services: evidenceOf(build) }];
}

/** The service of a diagnostic's object; a required workload that is missing is known by the line that requires it. */
export function attribution(units: readonly Unit[]): (diagnostic: Diagnostic) => string | undefined {
  const services = new Map<string | Span, string>();
  for (const unit of units) {
    for (const { object } of unit.build.resources)
      services.set(objectKey(objectReference(object), entryPointOf(unit)), serviceName(object));
    for (const { name, span } of unit.environment?.requiredWorkloads ?? []) services.set(span, name);
  }
  return ({ object, entryPoint, span }) =>
    services.get(object === undefined ? span : objectKey(object, entryPoint));
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
    why: 'there is no Kubernetes manifest to judge',
  };
}
