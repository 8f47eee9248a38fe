import { parse } from 'yaml';
import type { AdmitOptions } from '../../../src/admit/admit.ts';
import { validateUpdate } from '../../../src/admit/update/admit-update.ts';
import { defaultKubernetesVersion } from '../../../src/configuration/kubernetes-versions.ts';
import { formatPath, type Mapping } from '../../../src/source/value.ts';
import { mappingOf } from '../../support/values.ts';

/** An object of a kind by its lines below apiVersion, kind and name. */
export function document(apiVersion: string, kind: string, body: string): Mapping {
  return mappingOf(parse(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n${body}`));
}

/** The errors of an update as `Type field`. */
export function judgeUpdate(old: Mapping, next: Mapping, context: Partial<AdmitOptions> = {}): string[] {
  const errors = validateUpdate(old, next, { kubernetesVersion: defaultKubernetesVersion, ...context });
  return errors.map((error) => `${error.type} ${formatPath(error.field)}`);
}
