import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Admission, admitObject } from '../../src/admit/admit.ts';
import type { Reader } from '../../src/source/document.ts';
import type { LoadedFile } from '../../src/source/load.ts';
import { parseDocuments } from '../../src/source/parse.ts';
import { isMapping, type Path, type Value } from '../../src/source/value.ts';

/** A document with the verdict of a real API server, as `../shared/admission/README.md` describes it. */
export interface AdmissionCase {
  readonly id: string;
  readonly class: string;
  readonly kind: string;
  readonly yaml: string;
  readonly documents: number;
  readonly verdict: 'accept' | 'reject';
  readonly families?: readonly string[];
  readonly code?: number;
  readonly causes?: readonly { readonly field: string; readonly reason: string; readonly message: string }[];
  readonly message?: string;
  readonly mutated?: { readonly path: string; readonly line: number };
  readonly otherVersions?: Readonly<Record<string, 'accept' | 'reject'>>;
  readonly ssa?: string;
  readonly kubectl?: string;
  readonly kustomize?: string;
  readonly cluster?: boolean;
}

/** What we say of a case, and whether it is what the server says. */
export interface Judgement {
  readonly case: AdmissionCase;
  readonly expected: 'accept' | 'reject';
  readonly verdict: 'accept' | 'reject';
  readonly findings: readonly string[];
  readonly isSameVerdict: boolean;
  /** For what both refuse: whether one finding is on a field that the server names. */
  readonly isSameField: boolean;
}

const casesPath = new URL('../../../shared/admission/cases.jsonl.gz', import.meta.url);

/** The shared cases that do not hang on their cluster, or undefined where they are absent. */
export function readAdmissionCases(): readonly AdmissionCase[] | undefined {
  if (!existsSync(casesPath)) return undefined;
  const lines = gunzipSync(readFileSync(casesPath)).toString('utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as AdmissionCase).filter((entry) => entry.cluster !== true);
}

/** Who reads the file and sends the object: the columns of the cases. */
export type Sender = 'create' | 'server-side-apply' | 'client-side-apply' | 'kustomize';

export function judge(
  entry: AdmissionCase,
  kubernetesVersion = '1.36',
  sender: Sender = 'create',
): Judgement {
  const expected = expectedVerdict(entry, kubernetesVersion, sender);
  const admissions = admit(entry, kubernetesVersion, sender);
  const errors = admissions?.flatMap((admission) => admission.errors) ?? [];
  const verdict = admissions?.every((admission) => admission.verdict === 'accept') ? 'accept' : 'reject';
  // A document that cannot be read has no fields to compare.
  const isSameField = admissions === undefined || errors.some((error) => isExpectedField(entry, error.field));
  return {
    case: entry,
    expected,
    verdict,
    findings: errors.map((error) => `${error.field.join('.')}: ${error.type}: ${error.detail}`),
    isSameVerdict: verdict === expected,
    isSameField: verdict === 'reject' && expected === 'reject' && isSameField,
  };
}

function expectedVerdict(
  entry: AdmissionCase,
  kubernetesVersion: string,
  sender: Sender,
): 'accept' | 'reject' {
  const columns = {
    'server-side-apply': 'ssa',
    'client-side-apply': 'kubectl',
    kustomize: 'kustomize',
  } as const;
  const other = sender === 'create' ? entry.otherVersions?.[kubernetesVersion] : entry[columns[sender]];
  if (other === undefined) return entry.verdict;
  return other === 'accept' ? 'accept' : 'reject';
}

function admit(
  entry: AdmissionCase,
  kubernetesVersion: string,
  sender: Sender,
): readonly Admission[] | undefined {
  const values = parse(entry, sender);
  if (values === undefined || !values.every(isMapping)) return undefined;
  const appliedBy = sender === 'kustomize' ? 'create' : sender;
  return values.map((value) => admitObject(value, { kubernetesVersion, appliedBy }));
}

/** The documents as they are read on their way, or undefined where they cannot be. */
function parse(entry: AdmissionCase, sender: Sender): readonly Value[] | undefined {
  const { documents, diagnostics } = load(entry, sender === 'kustomize' ? 'kustomize' : 'api-server');
  // Both kinds of apply turn the file into JSON first, and there the last of two keys wins.
  const isApplied = sender === 'server-side-apply' || sender === 'client-side-apply';
  const isFatal = diagnostics.some(
    ({ rule, severity }) => severity === 'error' && !(isApplied && rule === 'duplicate-key'),
  );
  return isFatal ? undefined : documents.map((document) => document.value);
}

const loaded = new WeakMap<AdmissionCase, Partial<Record<Reader, LoadedFile>>>();

function load(entry: AdmissionCase, reader: Reader): LoadedFile {
  const known = loaded.get(entry);
  const file = known?.[reader] ?? parseDocuments({ path: `${entry.id}.yaml`, text: entry.yaml }, reader);
  if (known?.[reader] === undefined) loaded.set(entry, { ...known, [reader]: file });
  return file;
}

function isExpectedField(entry: AdmissionCase, field: Path): boolean {
  const ours = field.filter((step) => typeof step === 'string');
  const causes = entry.causes ?? [];
  // Quantities, base64 and timestamps that do not decode come without a field: there the change itself is the truth.
  if (causes.length === 0) return isNear(mutatedPath(entry), ours);
  const isDecoding = entry.code === 400;
  return causes.some((cause) => {
    if (isDecoding) return isBelow(cause.field, ours);
    return isNear(fieldSteps(cause.field), ours) || isNear(withoutKeys(cause.field), ours);
  });
}

/** The steps of a field as the server spells it, without indices. */
function fieldSteps(field: string): readonly string[] {
  const steps = field.match(/\[[^\]]*\]|[^.[\]]+/g) ?? [];
  return steps.flatMap((step) => {
    if (!step.startsWith('[')) return [lowerFirst(step)];
    const key = step.slice(1, -1);
    return /^\d*$/.test(key) ? [] : [key];
  });
}

function withoutKeys(field: string): readonly string[] {
  return fieldSteps(field.replace(/\[[^\]]*\]/g, ''));
}

// The server writes `spec.LoadBalancerSourceRanges`, and `spec.clusterIPs` where `clusterIP` is wrong.
function lowerFirst(step: string): string {
  return step === 'clusterIPs' ? 'clusterIP' : step.slice(0, 1).toLowerCase() + step.slice(1);
}

function mutatedPath(entry: AdmissionCase): readonly string[] {
  const steps = entry.mutated?.path.split('/').slice(1) ?? [];
  return steps
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .filter((step) => !/^\d+$/.test(step));
}

/** The same field, or a key of the mapping that the server names as a whole. */
function isNear(expected: readonly string[], ours: readonly string[]): boolean {
  if (ours.length < expected.length || ours.length > expected.length + 1) return false;
  return expected.every((step, index) => step === lowerFirst(ours[index] ?? ''));
}

/** Decoding errors name neither map keys nor indices, but Go's embedded structs: `LocalObjectReference`, `VolumeSource`. */
function isBelow(field: string, ours: readonly string[]): boolean {
  let position = 0;
  for (const step of field
    .replace(/\[\d+\]/g, '')
    .split('.')
    .filter(Boolean)) {
    const found = ours.indexOf(step, position);
    if (found >= 0) position = found + 1;
    else if (!/^[A-Z]/.test(step)) return false;
  }
  return true;
}
