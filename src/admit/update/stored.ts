import type { AppliedBy } from '../../configuration/configuration.ts';
import type { Facts, KindFacts } from '../../schema/facts.ts';
import { isMapping, type Mapping, newMapping, type Value } from '../../source/value.ts';
import { decodeBuiltIn } from '../served/decode.ts';
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

/** Plays an update of a built-in kind: `old` is created, then `next` applied by the same manager. */
export function playUpdate(
  old: Mapping,
  next: Mapping,
  {
    facts,
    kind,
    appliedBy,
  }: { readonly facts: Facts; readonly kind: KindFacts; readonly appliedBy: AppliedBy },
): States {
  const live = created(withStringData(decodeBuiltIn(old, facts, kind.type)));
  const applied = apply(live, old, next, { facts, kind, appliedBy });
  const merged = withLabelsOf(decodeBuiltIn(applied, facts, kind.type), applied);
  return { old: live, next: updated(withStringData(withStatusOf(merged, old)), live) };
}

/** A Job without labels takes those of its template, the generated ones as well, which nobody wrote. */
function withLabelsOf(merged: Mapping, applied: Mapping): Mapping {
  const metadata = struct(merged, 'metadata');
  if (metadata === undefined || struct(struct(applied, 'metadata'), 'labels') !== undefined) return merged;
  return withFields(merged, { metadata: withFields(metadata, { labels: undefined }) });
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
  return text(next, 'kind') === 'Service' ? updatedService(next, old) : next;
}

/** Nobody but the status subresource changes a status. */
function withStatusOf(next: Mapping, old: Mapping): Mapping {
  return withFields(next, { status: old['status'] });
}

/** `stringData` is never stored: it goes into `data`. */
function withStringData(object: Mapping): Mapping {
  if (text(object, 'kind') !== 'Secret') return object;
  const plain = struct(object, 'stringData');
  if (plain === undefined) return object;
  const data: Record<string, Value> = {};
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
