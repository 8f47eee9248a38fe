import type { AppliedBy } from '../../configuration/configuration.ts';
import type { Facts, KindFacts } from '../../schema/facts.ts';
import { isMapping, type Mapping, type MutableMapping, newMapping, valueAt } from '../../source/value.ts';

import { withoutDropped } from '../schema/dropped-fields.ts';
import { decodeBuiltIn, decodeRequest } from '../served/decode.ts';
import { entryText, struct, text } from '../validation/fields.ts';
import { applyValue, patchValue } from './apply.ts';
import { shapeOf } from './shape.ts';
import { createdJob } from './stored-job.ts';
import { createdService, updatedService } from './stored-service.ts';
import { withFields } from './update.ts';

/** What stands in the cluster before and after an update, both with their defaults. */
export interface States {
  readonly old: Mapping;
  readonly next: Mapping;
}

/**
 * Plays an update of a built-in kind: `old` is created, then `next` applied by the same manager. What is validated by itself is
 * `requested`, where empty lists and maps are not absent yet.
 */
export function playUpdate(
  old: Mapping,
  next: Mapping,
  {
    facts,
    kind,
    appliedBy,
  }: { readonly facts: Facts; readonly kind: KindFacts; readonly appliedBy: AppliedBy },
): States & { readonly requested: Mapping } {
  const minor = Number(facts.version.split('.')[1] ?? 0);
  const settled = (decoded: MutableMapping): Mapping =>
    withoutDropped(withSecondNames(decoded), kind.group, minor).object;
  const live = created(withStringData(settled(decodeBuiltIn(old, facts, kind.type))));
  const merged = apply(live, old, next, { facts, kind, appliedBy });
  const after = (decoded: MutableMapping): Mapping =>
    updated(withStringData(withStatusOf(settled(decoded), live)), live);
  return {
    old: live,
    next: after(decodeBuiltIn(merged, facts, kind.type)),
    requested: after(decodeRequest(merged, facts, kind.type)),
  };
}

const templates = [
  ['spec'],
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ['template', 'spec'],
];

/** A pod names its account twice. */
function withSecondNames(object: Mapping): Mapping {
  for (const path of templates) {
    const spec = valueAt(object, path);
    if (!isMapping(spec)) continue;
    const account = spec['serviceAccountName'] ?? spec['serviceAccount'];
    if (typeof account === 'string')
      Object.assign(spec, { serviceAccountName: account, serviceAccount: account });
  }
  return object;
}

function apply(
  live: Mapping,
  old: Mapping,
  next: Mapping,
  {
    facts,
    kind,
    appliedBy,
  }: { readonly facts: Facts; readonly kind: KindFacts; readonly appliedBy: AppliedBy },
): Mapping {
  // The stored object would be converted first; what differs between versions is not known here.
  if (old['apiVersion'] !== next['apiVersion']) return next;
  const states = { live, applied: old, next };
  const isPatch = appliedBy === 'client-side-apply';
  const shape = shapeOf(facts, kind.type, isPatch);
  const merged = isPatch ? patchValue(states, shape) : applyValue(states, shape);
  return isMapping(merged) ? merged : next;
}

function created(object: Mapping): Mapping {
  switch (text(object, 'kind')) {
    case 'Job':
      return createdJob(object);
    case 'Service':
      return createdService(object);
    default:
      return object;
  }
}

function updated(next: Mapping, old: Mapping): Mapping {
  switch (text(next, 'kind')) {
    case 'Service':
      return updatedService(next, old);
    case 'CertificateSigningRequest':
      // The server puts the old one back, and says nothing (`csrStrategy` of 1.36).
      return withFields(next, { spec: old['spec'] });
    default:
      return next;
  }
}

/** Nobody but the status subresource changes a status. */
function withStatusOf(next: Mapping, old: Mapping): Mapping {
  return withFields(next, { status: old['status'] });
}

/** A Secret with its `stringData` in `data`: it is never stored. */
export function withStringData(object: Mapping): Mapping {
  if (text(object, 'kind') !== 'Secret') return object;
  const plain = struct(object, 'stringData');
  if (plain === undefined) return object;
  const data = newMapping();
  for (const key of Object.keys(plain)) data[key] = base64(entryText(plain[key]));
  return withFields(object, {
    stringData: undefined,
    data: Object.assign(newMapping(), struct(object, 'data'), data),
  });
}

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
