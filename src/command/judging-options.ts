import type { AppliedBy } from '../configuration/configuration.ts';
import { readVersions } from '../configuration/kubernetes-versions.ts';
import type { FailOn } from '../report/report.ts';
import type { AdmitRequest } from './io.ts';
import type { Invocation, UsageProblem } from './parse-arguments.ts';

/** What lint and admit share: for whom to judge, and from when on to fail. */
export function readTarget(
  invocation: Invocation,
): UsageProblem | Pick<AdmitRequest, 'kubernetesVersions' | 'appliedBy' | 'failOn' | 'requireSchemas'> {
  const versions = readVersions(invocation.options('kubernetes-version'));
  if ('problem' in versions) return versions;
  const appliedBy = invocation.option('applied-by');
  return {
    kubernetesVersions: versions,
    failOn: (invocation.option('fail-on') ?? 'error') as FailOn,
    ...(appliedBy === undefined ? {} : { appliedBy: appliedBy as AppliedBy }),
    ...(invocation.has('require-schemas') ? { requireSchemas: true } : {}),
  };
}
