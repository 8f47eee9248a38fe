import type { Mapping } from '../../source/value.ts';
import { type Check, eachText, invalid } from './check.ts';
import { optionalText, struct } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Label, qualifiedName } from './names.ts';

const podSecurityPrefix = 'pod-security.kubernetes.io/';
const modes = ['enforce', 'audit', 'warn'];
const levels = ['privileged', 'baseline', 'restricted'];
const finalizers = ['kubernetes', 'orphan', 'foregroundDeletion'];

export function validateNamespace(namespace: Mapping, check: Check): void {
  validateMetadata(namespace, check, { namespaced: false, name: dns1123Label });
  check.path.push('spec');
  eachText(check, struct(namespace, 'spec'), 'finalizers', (finalizer, _, index) => {
    const isKnown = finalizer.includes('/') || finalizers.includes(finalizer);
    const problem = qualifiedName(finalizer) ?? (isKnown ? undefined : 'must be a domain, "/" and a name');
    if (problem !== undefined) invalid(check, index, finalizer, problem);
  });
  check.path.pop();
  validatePodSecurity(namespace, check);
}

/** Pod Security admission reads these labels when the namespace is made. */
function validatePodSecurity(namespace: Mapping, check: Check): void {
  const labels = struct(struct(namespace, 'metadata'), 'labels');
  for (const mode of modes) {
    const level = optionalText(labels, podSecurityPrefix + mode);
    if (level !== undefined && !levels.includes(level))
      invalid(
        check,
        ['metadata', 'labels', podSecurityPrefix + mode],
        level,
        `must be one of ${levels.join(', ')}`,
      );
    const key = `${podSecurityPrefix}${mode}-version`;
    const version = optionalText(labels, key);
    if (version !== undefined && !/^(?:latest|v1\.(?:0|[1-9][0-9]*))$/.test(version))
      invalid(check, ['metadata', 'labels', key], version, 'must be "latest" or a version such as "v1.36"');
  }
}
