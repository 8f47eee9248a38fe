import { nameOf, type Resource } from '../build/resource.ts';
import { isWorkload, serviceName } from '../build/service-name.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';

export const requiredWorkloadMissing = 'required-workload-missing';

/** The workloads that the configuration requires and that are not among the objects of an environment. */
export function missingWorkloads(
  resources: readonly Resource[],
  entryPoint: string,
  required: readonly { readonly name: string; readonly span: Span }[],
): Diagnostic[] {
  const workloads = resources.filter(({ object }) => isWorkload(object));
  const present = new Set(workloads.flatMap(({ object }) => [nameOf(object), serviceName(object)]));
  return required
    .filter(({ name }) => !present.has(name))
    .map(({ name, span }) => ({
      rule: requiredWorkloadMissing,
      severity: 'error',
      message: `the workload "${name}" is missing`,
      help: `add it to the environment, or label the workload that is meant: app.kubernetes.io/name: ${name}`,
      span,
      related: [],
      entryPoint,
    }));
}
