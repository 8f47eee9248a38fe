import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import { objectReference, type Resource } from '../object/resource.ts';
import { serviceName, servicesOf } from '../object/service-name.ts';
import type { EnvironmentReport, Unchecked } from '../report/report.ts';
import type { Scope } from '../survey/scope.ts';
import { objectKey } from './object-key.ts';

/** What the report says of an environment as a whole. */
export function environmentReport(
  { entryPoint, resources, complete, isBeside }: Scope,
  undecoded: readonly Resource[] = [],
): EnvironmentReport[] {
  if (entryPoint === undefined || isBeside) return [];
  const required = entryPoint.environment?.requiredWorkloads.map(({ name }) => name) ?? [];
  const services = new Set([...required, ...servicesOf(resources)]);
  const { name, root } = entryPoint;
  const unread = [...new Set(undecoded.map(({ object }) => serviceName(object)))];
  return [
    {
      name,
      entryPoint: root,
      complete,
      objects: resources.length,
      services: [...services],
      ...(unread.length === 0 ? {} : { unread }),
    },
  ];
}

/** The service of a diagnostic's object; a required workload that is missing is known by the line that requires it. */
export function attribution(scopes: readonly Scope[]): (diagnostic: Diagnostic) => string | undefined {
  const services = new Map<string | Span, string>();
  for (const { entryPoint, resources } of scopes) {
    for (const { object } of resources)
      services.set(objectKey(objectReference(object), entryPoint?.root), serviceName(object));
    for (const { name, span } of entryPoint?.environment?.requiredWorkloads ?? []) services.set(span, name);
  }
  return ({ object, entryPoint, span }) =>
    services.get(object === undefined ? span : objectKey(object, entryPoint));
}

/** What could not be judged at all; that there is nothing to judge only where it was to be found below `paths`. */
export function uncheckedScopes(
  scopes: readonly Scope[],
  failed: boolean,
  paths: readonly string[],
): Unchecked[] {
  if (failed) return [];
  const silent = scopes.filter(
    ({ complete, diagnostics }) => !complete && diagnostics.every(({ unchecked }) => unchecked === undefined),
  );
  const nothing =
    paths.length > 0 &&
    scopes.every(({ resources, diagnostics }) => resources.length === 0 && diagnostics.length === 0);
  return [
    ...silent.map(({ entryPoint }) => ({ what: entryPoint?.root ?? '.', why: 'the build is not complete' })),
    ...(nothing
      ? [
          {
            what: paths.map((path) => path || '.').join(', '),
            why: 'there is no Kubernetes manifest to judge',
          },
        ]
      : []),
  ];
}
