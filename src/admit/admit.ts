import { isMapping, type Mapping, type Path } from '../source/value.ts';
import type { FieldError } from './field-error.ts';
import { type CustomKind, type CustomKinds, noCustomKinds } from './schema/custom-kind.ts';
import { validateCustom } from './schema/custom-resource.ts';
import { type Facts, factsFor, type KindFacts } from './schema/facts.ts';
import { deprecationOf, servedKind } from './schema/served-kind.ts';
import { validateApplyMetadata, validateListKeys } from './schema/server-side-apply.ts';
import { validateStructure } from './schema/structural.ts';
import { validateObject } from './validation/validate.ts';

export type AppliedBy = 'create' | 'server-side-apply' | 'client-side-apply';

export interface AdmitOptions {
  /** `1.36`; beyond the known versions the nearest known one judges. */
  readonly kubernetesVersion: string;
  /** How the object reaches the cluster; `create` where nothing is said. */
  readonly appliedBy?: AppliedBy;
  /** The kinds of the CRDs at hand; those of Flux, Argo CD and the Gateway API are known without. */
  readonly customKinds?: CustomKinds;
}

/** Something the server accepts, but that has no effect, or soon none. */
export interface AdmissionWarning {
  readonly field: Path;
  readonly detail: string;
  readonly help?: string;
}

export interface Admission {
  readonly verdict: 'accept' | 'reject';
  readonly errors: readonly FieldError[];
  readonly warnings: readonly AdmissionWarning[];
  /** Set where nothing is known of the kind, so that nothing but its form was judged. */
  readonly noSchema?: true;
}

const accepted: Admission = { verdict: 'accept', errors: [], warnings: [] };

/** Judges one object as an API server of the version would on create. */
export function admitObject(object: Mapping, options: AdmitOptions): Admission {
  const facts = factsFor(options.kubernetesVersion);
  const served = servedKind(object, facts, options.customKinds ?? noCustomKinds);
  if ('errors' in served) return rejected(served.errors);
  if ('unknown' in served) return { ...accepted, noSchema: true };
  const appliedBy = options.appliedBy ?? 'create';
  if ('custom' in served) return admitCustom(object, facts, served.custom, appliedBy);
  return admitBuiltIn(object, facts, served.kind, appliedBy);
}

function admitCustom(object: Mapping, facts: Facts, kind: CustomKind, appliedBy: AppliedBy): Admission {
  const { isDecoded, errors } = validateCustom(object, facts, kind, appliedBy);
  if (!isDecoded) return rejected(errors);
  const metadata = validate(object, facts, appliedBy);
  if (errors.length > 0 || metadata.length > 0) return rejected([...metadata, ...errors]);
  const misplaced = isMisplaced(object, kind.namespaced) ? { warnings: [misplacedNamespace] } : {};
  const unjudged = kind.schema === undefined ? { noSchema: true as const } : {};
  return { ...accepted, ...misplaced, ...unjudged };
}

function admitBuiltIn(object: Mapping, facts: Facts, kind: KindFacts, appliedBy: AppliedBy): Admission {
  const decoding = validateStructure(object, facts, kind.type);
  // What does not decode is not validated: the server answers 400 before it looks at anything else.
  if (decoding.length > 0) return rejected(decoding);
  const applying = appliedBy === 'server-side-apply' ? validateListKeys(object, facts, kind.type) : [];
  const errors = [...applying, ...validate(object, facts, appliedBy)];
  if (errors.length > 0) return rejected(errors);
  const warnings = warningsOf(object, facts, kind);
  return warnings.length === 0 ? accepted : { ...accepted, warnings };
}

function validate(object: Mapping, facts: Facts, appliedBy: AppliedBy): readonly FieldError[] {
  const errors = validateObject(object, { kubernetesVersion: facts.version });
  if (appliedBy !== 'server-side-apply') return errors;
  // An apply may name the version it starts from, although there is none yet.
  const others = errors.filter(({ field }) => field[0] !== 'metadata' || field[1] !== 'resourceVersion');
  return [...validateApplyMetadata(object), ...others];
}

function rejected(errors: readonly FieldError[]): Admission {
  return { verdict: 'reject', errors, warnings: [] };
}

function warningsOf(object: Mapping, facts: Facts, kind: KindFacts): readonly AdmissionWarning[] {
  const deprecation = deprecationOf(facts, kind);
  return [
    ...(deprecation === undefined ? [] : [{ field: ['apiVersion'], ...deprecation }]),
    ...(isMisplaced(object, kind.namespaced) ? [misplacedNamespace] : []),
  ];
}

function isMisplaced({ metadata }: Mapping, namespaced: boolean): boolean {
  return !namespaced && isMapping(metadata) && (metadata['namespace'] ?? '') !== '';
}

const misplacedNamespace: AdmissionWarning = {
  field: ['metadata', 'namespace'],
  detail: 'the kind has no namespace, so the server drops this one',
  help: 'remove the field',
};
