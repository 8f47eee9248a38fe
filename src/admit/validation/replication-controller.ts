import { matchesPairs } from '../../object/label-match.ts';
import { type Mapping, newMapping } from '../../source/value.ts';
import { type Check, invalid, required } from './check.ts';
import { has, isEmpty, struct } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain } from './names.ts';
import { nonNegative } from './numbers.ts';
import { validateRunningTemplate } from './pod-template.ts';

export function validateReplicationController(controller: Mapping, check: Check): void {
  validateMetadata(controller, check, { namespaced: true, name: dns1123Subdomain });
  const spec = struct(controller, 'spec') ?? newMapping();
  check.path.push('spec');
  for (const key of ['replicas', 'minReadySeconds']) nonNegative(check, spec, key);
  const labels = struct(struct(struct(spec, 'template'), 'metadata'), 'labels');
  if (has(spec, 'template')) {
    // Without a selector the labels of the template become it.
    if (isEmpty(spec, 'selector')) {
      if (labels === undefined) required(check, 'selector');
    } else if (!matchesPairs(struct(spec, 'selector'), labels))
      invalid(check, ['template', 'metadata', 'labels'], labels, 'the selector does not match these labels');
    validateRunningTemplate(spec, check, 'ReplicationController');
  } else required(check, 'template');
  check.path.pop();
}
