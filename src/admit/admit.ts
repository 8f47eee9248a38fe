import type { AppliedBy } from '../configuration/configuration.ts';
import { groupVersionKind } from '../object/resource.ts';
import { type CustomKind, type CustomKinds, findCustomKind, noCustomKinds } from '../schema/custom-kind.ts';
import { type Facts, factsFor, type KindFacts } from '../schema/facts.ts';
import type { Mapping } from '../source/value.ts';
import type { AdmissionWarning } from './admission-warning.ts';
import type { FieldError } from './field-error.ts';
import { newRunBudgets, type RunBudgets } from './policy/run-budget.ts';
import { decodeCustom, validateCustom } from './schema/custom-resource.ts';
import { withoutDropped } from './schema/dropped-fields.ts';
import { isSopsEncrypted, type KeepErrors, keepErrors, withoutSopsRecord } from './schema/open-values.ts';
import { servedKind } from './schema/served-kind.ts';
import { validateApplyMetadata, validateListKeys } from './schema/server-side-apply.ts';
import { validateStructure } from './schema/structural.ts';
import { hasRules, validateObject } from './validation/validate.ts';
import { builtInWarnings, misplacedNamespace } from './warning/built-in-warnings.ts';

export interface AdmitOptions {
  /** `1.36`; beyond the known versions the nearest known one judges. */
  readonly kubernetesVersion: string;
  /** How the object reaches the cluster; `create` where nothing is said. */
  readonly appliedBy?: AppliedBy;
  /** The kinds of the CRDs at hand; those of Flux, Argo CD and the Gateway API are known without. */
  readonly customKinds?: CustomKinds;
  /** Whether Flux puts values into the object before it applies it: then `${VAR}` may become anything. */
  readonly hasPlaceholders?: boolean;
  /** Whether fields that the schema does not know are no error, as with `fieldValidation=Ignore`. */
  readonly isLoose?: boolean;
  /** What the rules of CRDs may still spend in this run; whole ones where absent. */
  readonly budgets?: RunBudgets;
}

export interface Admission {
  readonly verdict: 'accept' | 'reject';
  readonly errors: readonly FieldError[];
  readonly warnings: readonly AdmissionWarning[];
  /** Set where nothing is known of the kind, so that nothing but its form was judged. */
  readonly noSchema?: true;
  /** Set where the server has rules for the kind that are not known here, so that only its fields were judged. */
  readonly noRules?: true;
  /** Set where values are not known yet that have another type until then, so that expressions over them say nothing. */
  readonly hasOpenValues?: true;
  /** Set where the server cannot read the object, so that nobody after the decoder sees it. */
  readonly undecoded?: true;
  /** What only looseness lets pass. */
  readonly ignored?: readonly FieldError[];
  /** Set where the object before an update is none that a server could hold, so that only the new one was judged. */
  readonly unjudgedUpdate?: true;
}

const accepted: Admission = { verdict: 'accept', errors: [], warnings: [] };

/** Judges one object as an API server of the version would on create. */
export function admitObject(object: Mapping, options: AdmitOptions): Admission {
  return judgeKnown(object, options, (judged, keep) => {
    const { kubernetesVersion, appliedBy = 'create', budgets = newRunBudgets() } = options;
    const facts = factsFor(kubernetesVersion);
    return admitServed({ object: judged, facts, appliedBy, budgets, keep }, options);
  });
}

/** An object without what encrypts it, and what tells the errors that stand from those about values that are not there yet. */
export function knownPart(
  object: Mapping,
  { hasPlaceholders = false, customKinds = noCustomKinds }: AdmitOptions,
): { readonly judged: Mapping; readonly keep: KeepErrors } {
  const isEncrypted = isSopsEncrypted(object);
  const judged = isEncrypted && !decryptsItself(object, customKinds) ? withoutSopsRecord(object) : object;
  return { judged, keep: keepErrors(judged, isEncrypted, hasPlaceholders) };
}

/** Whether an operator decrypts objects of the kind in the cluster, where the record of SOPS is a field as any other. */
function decryptsItself(object: Mapping, customKinds: CustomKinds): boolean {
  const { group, version, kind } = groupVersionKind(object);
  return findCustomKind(customKinds, group, version, kind)?.schema?.properties.has('sops') === true;
}

/** Judges what is known of an object, without the errors that looseness lets pass. */
export function judgeKnown(
  object: Mapping,
  options: AdmitOptions,
  judge: (object: Mapping, keep: KeepErrors) => Admission,
): Admission {
  const { judged, keep } = knownPart(object, options);
  const ignored: FieldError[] = [];
  const admission = judge(
    judged,
    options.isLoose === true ? (errors) => keep(withoutUnknownFields(errors, ignored)) : keep,
  );
  return ignored.length === 0 ? admission : { ...admission, ignored };
}

function withoutUnknownFields(errors: readonly FieldError[], ignored: FieldError[]): readonly FieldError[] {
  ignored.push(...errors.filter(({ type }) => type === 'UnknownField'));
  return errors.filter(({ type }) => type !== 'UnknownField');
}

function admitServed(request: Request, options: AdmitOptions): Admission {
  const { object, facts } = request;
  const served = servedKind(object, facts, options.customKinds ?? noCustomKinds);
  if ('errors' in served) return undecoded(request.keep(served.errors));
  if ('unknown' in served) return { ...accepted, noSchema: true };
  return 'custom' in served ? admitByAny(request, served.custom) : admitBuiltIn(request, served.kind);
}

/** Of several CRDs for one kind, which the cluster may have one of, one that accepts the object is enough. */
function admitByAny(request: Request, kind: CustomKind): Admission {
  const admission = admitCustom(request, kind);
  if (admission.verdict === 'accept' || kind.others === undefined) return admission;
  for (const other of kind.others) {
    const second = admitCustom(request, other);
    if (second.verdict === 'accept') return second;
  }
  return admission;
}

interface Request {
  readonly object: Mapping;
  readonly facts: Facts;
  readonly appliedBy: AppliedBy;
  readonly budgets: RunBudgets;
  readonly keep: KeepErrors;
}

function admitCustom(request: Request, kind: CustomKind): Admission {
  const { object, facts, appliedBy, budgets, keep } = request;
  const decoding = withRelease(keep(decodeCustom(object, facts, kind, appliedBy)), kind);
  if (decoding.length > 0) return undecoded(decoding);
  const errors = [
    ...validate(request, kind.namespaced),
    ...withRelease(keep(validateCustom(object, facts, kind, budgets)), kind),
  ];
  return concludeCustom(errors, object, kind);
}

/** A cluster may have another release of a product than the one whose CRDs are known here. */
export function withRelease(
  errors: readonly FieldError[],
  { release, isElsewhere }: CustomKind,
): readonly FieldError[] {
  if (isElsewhere === true) return errors.map(ofCrdElsewhere);
  if (release === undefined) return errors;
  const source = `this comes from the CRD of ${release}; a CRD in the repository takes precedence`;
  return errors.map((error) => ({
    ...error,
    help: error.help === undefined ? source : `${error.help}; ${source}`,
    ...(error.type === 'UnknownField' && isOfAnotherRelease(error) ? { isOfRelease: true as const } : {}),
  }));
}

function ofCrdElsewhere(error: FieldError): FieldError {
  const source = 'its CRD is in another part of this repository, and this cluster may have a different one';
  return {
    ...error,
    help: error.help === undefined ? source : `${error.help}; ${source}`,
    isOfRelease: true,
  };
}

/** Another release has other fields, one where this one has a list of them; only a letter away from a known one is a mistake in all. */
function isOfAnotherRelease({ field, help }: FieldError): boolean {
  const name = String(field.at(-1));
  return help === undefined || [`"${name}s"`, `"${name}es"`].some((list) => help.includes(list));
}

function admitBuiltIn(request: Request, kind: KindFacts): Admission {
  const { object, facts, appliedBy, keep } = request;
  const found = validateStructure(object, facts, kind.type);
  const decoding = keep(found);
  // What does not decode is not validated: the server answers 400 before it looks at anything else.
  if (decoding.length > 0) return undecoded(decoding);
  const applying = appliedBy === 'server-side-apply' ? validateListKeys(object, facts, kind.type) : [];
  const kept = withoutDropped(object, kind.group, minorOf(facts));
  const errors = [...keep(applying), ...validate({ ...request, object: kept.object })];
  return concludeBuiltIn(errors, object, { facts, kind, keep, hasOpenValues: found.length > 0 });
}

/** The verdict on an object of a built-in kind, with what the server would warn of. */
export function concludeBuiltIn(
  errors: readonly FieldError[],
  object: Mapping,
  {
    facts,
    kind,
    keep,
    hasOpenValues,
  }: { facts: Facts; kind: KindFacts; keep: KeepErrors; hasOpenValues: boolean },
): Admission {
  const kept = withoutDropped(object, kind.group, minorOf(facts));
  const warnings = errors.length > 0 ? [] : builtInWarnings({ object, kept, facts, kind, keep });
  const admission = verdict(errors, warnings);
  const judged: Admission = hasRules(object) ? admission : { ...admission, noRules: true };
  return hasOpenValues ? { ...judged, hasOpenValues: true } : judged;
}

/** The same for a custom resource. */
export function concludeCustom(errors: readonly FieldError[], object: Mapping, kind: CustomKind): Admission {
  const admission = verdict(errors, misplacedNamespace(object, kind.namespaced));
  return kind.schema === undefined ? { ...admission, noSchema: true } : admission;
}

function minorOf(facts: Facts): number {
  return Number(facts.version.split('.')[1] ?? 0);
}

function validate({ object, facts, appliedBy, keep }: Request, isNamespaced = true): readonly FieldError[] {
  const errors = keep(validateObject(object, { kubernetesVersion: facts.version, isNamespaced }));
  if (appliedBy !== 'server-side-apply') return errors;
  // An apply may name the version it starts from, although there is none yet.
  const others = errors.filter(({ field }) => field[0] !== 'metadata' || field[1] !== 'resourceVersion');
  return [...keep(validateApplyMetadata(object)), ...others];
}

function verdict(errors: readonly FieldError[], warnings: readonly AdmissionWarning[] = []): Admission {
  if (errors.length > 0) return { verdict: 'reject', errors, warnings: [] };
  return warnings.length === 0 ? accepted : { ...accepted, warnings };
}

/** An unknown field stops a strict decoder only: whoever applies without being strict gets past it. */
export function undecoded(errors: readonly FieldError[]): Admission {
  const isReadable = errors.every(({ type }) => type === 'UnknownField');
  return isReadable ? verdict(errors) : { ...verdict(errors), undecoded: true };
}
