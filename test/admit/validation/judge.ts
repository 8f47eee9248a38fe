import { parse } from 'yaml';
import type { FieldError } from '../../../src/admit/field-error.ts';
import { validateObject } from '../../../src/admit/validation/validate.ts';
import { defaultKubernetesVersion } from '../../../src/configuration/kubernetes-versions.ts';
import { formatPath } from '../../../src/source/value.ts';
import { mappingOf } from '../../support/values.ts';

/** The errors of a YAML document as `Type field`, in order of discovery. */
export function judge(yaml: string, kubernetesVersion = defaultKubernetesVersion): string[] {
  return errorsOf(yaml, kubernetesVersion).map((error) => `${error.type} ${formatPath(error.field)}`);
}

export function errorsOf(yaml: string, kubernetesVersion = defaultKubernetesVersion): readonly FieldError[] {
  return validateObject(mappingOf(parse(yaml)), { kubernetesVersion });
}
