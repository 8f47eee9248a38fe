import { type CustomKind, noCustomKinds } from '../../schema/custom-kind.ts';
import { type Facts, factsFor, type KindFacts } from '../../schema/facts.ts';
import type { Mapping } from '../../source/value.ts';
import {
  type Admission,
  type AdmitOptions,
  admitObject,
  concludeBuiltIn,
  concludeCustom,
  judgeKnown,
  knownPart,
  undecoded,
  withRelease,
} from '../admit.ts';
import type { FieldError } from '../field-error.ts';
import { newRunBudgets } from '../policy/run-budget.ts';
import { decodeCustom } from '../schema/custom-resource.ts';
import type { KeepErrors } from '../schema/open-values.ts';
import { servedKind } from '../schema/served-kind.ts';
import { validateListKeys } from '../schema/server-side-apply.ts';
import { validateStructure } from '../schema/structural.ts';
import { newCheck } from '../validation/check.ts';
import { validateCustomUpdate } from './custom-resource.ts';
import { revalidate } from './revalidation.ts';
import { playUpdate } from './stored.ts';
import { validateChange } from './validate-update.ts';

/** What a server of the version refuses of the update from `old`, which was applied before, to `next`. */
export function validateUpdate(old: Mapping, next: Mapping, context: AdmitOptions): readonly FieldError[] {
  return admitUpdate(old, next, context).errors;
}

/**
 * Judges an update as an API server of the version would: `old` was applied before, and now `next` is, by the same manager. Without
 * another word both are applied server-side, as Flux does.
 */
export function admitUpdate(old: Mapping, next: Mapping, options: AdmitOptions): Admission {
  return judgeKnown(next, options, (judged, keep) => {
    const facts = factsFor(options.kubernetesVersion);
    const before = knownPart(old, options);
    const request = { old: before.judged, next: judged, facts, options, keep: keepBoth(keep, before.keep) };
    const served = servedKind(judged, facts, options.customKinds ?? noCustomKinds);
    if ('kind' in served) return admitBuiltIn({ ...request, kind: served.kind });
    if ('custom' in served) return admitByAny({ ...request, kind: served.custom });
    return admitObject(next, options);
  });
}

interface Request<Kind> {
  readonly old: Mapping;
  readonly next: Mapping;
  readonly facts: Facts;
  readonly kind: Kind;
  readonly options: AdmitOptions;
  readonly keep: KeepErrors;
}

/** A change from or to a value that is not there yet says nothing. */
function keepBoth(keep: KeepErrors, keepOld: KeepErrors): KeepErrors {
  const stands = (error: FieldError): boolean => {
    const placed = [{ ...error, field: error.change ?? error.field }];
    return keep(placed).length > 0 && keepOld(placed).length > 0;
  };
  return (errors) => errors.filter(stands);
}

/** Of several CRDs for one kind, which the cluster may have one of, one that accepts the update is enough. */
function admitByAny(request: Request<CustomKind>): Admission {
  const first = admitCustom(request);
  if (first.verdict === 'accept') return first;
  const others = (request.kind.others ?? []).map((kind) => admitCustom({ ...request, kind }));
  return others.find(({ verdict }) => verdict === 'accept') ?? first;
}

function admitCustom({ old, next, facts, kind, options, keep }: Request<CustomKind>): Admission {
  const appliedBy = senderOf(options);
  const decoding = withRelease(keep(decodeCustom(next, facts, kind, appliedBy)), kind);
  if (decoding.length > 0) return undecoded(decoding);
  const { budgets = newRunBudgets() } = options;
  const update = { kind, appliedBy, kubernetesVersion: facts.version, budgets };
  const errors = [
    ...keep(revalidate({ old, next }, kind, facts.version)),
    ...withRelease(keep(validateCustomUpdate(old, next, update)), kind),
  ];
  return concludeCustom(errors, next, kind);
}

function senderOf({ appliedBy }: AdmitOptions): 'server-side-apply' | 'client-side-apply' {
  return appliedBy === 'client-side-apply' ? 'client-side-apply' : 'server-side-apply';
}

function admitBuiltIn({ old, next, facts, kind, options, keep }: Request<KindFacts>): Admission {
  const structure = validateStructure(next, facts, kind.type);
  const decoding = keep(structure);
  if (decoding.length > 0) return undecoded(decoding);
  // Without the old object there is nothing to compare with.
  if (keep(validateStructure(old, facts, kind.type)).some(({ type }) => type !== 'UnknownField'))
    return { ...admitObject(next, options), unjudgedUpdate: true };
  const appliedBy = senderOf(options);
  const keys = appliedBy === 'server-side-apply' ? keep(validateListKeys(next, facts, kind.type)) : [];
  if (keys.length > 0) return concludeBuiltIn(keys, next, { facts, kind, keep, hasOpenValues: false });
  const { requested, ...states } = playUpdate(old, next, { facts, kind, appliedBy });
  const minor = Number(facts.version.split('.')[1] ?? 0);
  const update = { ...states, requested, check: newCheck(minor) };
  validateChange(update, kind.group);
  const found = revalidate({ old: states.old, next: requested }, kind, facts.version);
  const errors = keep([...found, ...update.check.errors]);
  return concludeBuiltIn(errors, next, { facts, kind, keep, hasOpenValues: structure.length > 0 });
}
