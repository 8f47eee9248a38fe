import type { Facts, KindFacts } from '../../schema/facts.ts';
import { isMapping, type Mapping } from '../../source/value.ts';
import type { AdmissionWarning } from '../admission-warning.ts';
import { wordsOf } from '../error-words.ts';
import type { FieldError } from '../field-error.ts';
import type { DroppedField, Kept } from '../schema/dropped-fields.ts';
import type { KeepErrors } from '../schema/open-values.ts';
import { deprecationOf } from '../schema/served-kind.ts';
import { serverWarnings } from './server-warnings.ts';

/** An object of one of Kubernetes' own kinds that the server accepts, and what it keeps of it. */
export interface Accepted {
  readonly object: Mapping;
  readonly kept: Kept;
  readonly facts: Facts;
  readonly kind: KindFacts;
  readonly keep: KeepErrors;
}

/** What the server says of an object that it accepts, or does to it without a word. */
export function builtInWarnings({ object, kept, facts, kind, keep }: Accepted): readonly AdmissionWarning[] {
  const deprecation = deprecationOf(facts, kind);
  const minor = Number(facts.version.split('.')[1] ?? 0);
  return [
    ...(deprecation === undefined ? [] : [{ field: ['apiVersion'], ...deprecation }]),
    ...misplacedNamespace(object, kind.namespaced),
    ...kept.dropped.map((one) => dropWarning(one, facts)),
    ...keep(serverWarnings(kept.object, kind.group, minor)).map(asWarning),
  ];
}

/** A namespace on a kind without namespaces is dropped. */
export function misplacedNamespace({ metadata }: Mapping, namespaced: boolean): readonly AdmissionWarning[] {
  if (namespaced || !isMapping(metadata) || (metadata['namespace'] ?? '') === '') return [];
  return [
    {
      field: ['metadata', 'namespace'],
      detail: 'the kind has no namespace, so the server drops this one',
      help: 'remove the field',
    },
  ];
}

function asWarning(error: FieldError): AdmissionWarning {
  const { field, twin, help } = error;
  return {
    field,
    detail: wordsOf(error),
    ...(twin === undefined ? {} : { twin }),
    ...(help === undefined ? {} : { help }),
  };
}

function dropWarning({ field, gate }: DroppedField, facts: Facts): AdmissionWarning {
  const name = field.findLast((step) => typeof step === 'string');
  if (gate === '')
    return { field, detail: `${name} is dropped: API servers no longer store it`, help: 'remove the field' };
  const what = gate === 'ImageVolume' ? 'the volume and its mounts are' : `${name} is`;
  return {
    field,
    detail: `${what} dropped: in Kubernetes ${facts.version} the feature gate ${gate} is off by default`,
    help: `remove the field, or turn on ${gate} in the cluster`,
  };
}
