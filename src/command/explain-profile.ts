import { builtInPolicies } from '../admit/policy/built-in.ts';
import { builtInProfile, profileNames } from '../diagnostic/profile.ts';
import { compareSeverity } from '../diagnostic/severity.ts';

const words: Readonly<Record<(typeof profileNames)[number], string>> = {
  default:
    'applies where nothing else is set: the Pod Security Standard baseline, credentials and placeholders as errors, and what recommended adds as warnings',
  baseline: 'contains the Pod Security Standard baseline',
  restricted: 'contains the Pod Security Standards baseline and restricted',
  recommended:
    'contains best practices for any workload: limits, probes, pinned images, no root, minimal roles',
  acceptance:
    'contains what a platform may require of its services: user 1000, read-only root file systems, Secrets as files, no state, no Service reachable from outside',
  all: 'contains every policy of the catalogue, including those that only some organizations want',
  'third-party':
    'contains what default does, with the severity note; for objects that someone else maintains',
};

/** What a built-in profile is for, and the policies of the catalogue that it contains, by severity. */
export function profilePage(name: string): string | undefined {
  const parts = builtInProfile(name);
  const known = profileNames.find((one) => one === name);
  if (parts === undefined || known === undefined) return undefined;
  const policies = builtInPolicies({ parts }).map(({ name: policy, bindings }) => {
    const [severity = 'note'] = bindings.map((one) => one.severity).toSorted(compareSeverity);
    return { policy, severity };
  });
  const lists = (['error', 'warning', 'note'] as const).flatMap((severity) => {
    const own = policies.filter((one) => one.severity === severity).map(({ policy }) => `  ${policy}\n`);
    return own.length === 0 ? [] : [`\nReported as ${severity}s:\n${own.sort().join('')}`];
  });
  return `${name}, a profile: it ${words[known]}.\n\nSelect it with --profile ${name}, or with profile: ${name} in cdb-lint.yaml. Every profile also reports what the API server\nrejects and what breaks in the cluster.\n${lists.join('')}`;
}
