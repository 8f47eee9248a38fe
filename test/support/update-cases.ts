import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Admission, AdmitOptions } from '../../src/admit/admit.ts';
import { admitUpdate } from '../../src/admit/update/admit-update.ts';
import { changesOf } from '../../src/admit/update/changes.ts';
import { customKindsOf } from '../../src/schema/custom-kind.ts';
import { parseDocuments } from '../../src/source/parse.ts';
import { isMapping, type Mapping, newMapping, type Path, valueAt } from '../../src/source/value.ts';

/** An update with what a real API server said to it, as `../shared/admission/README.md` describes it. */
export interface UpdateCase {
  readonly id: string;
  readonly kind: string;
  readonly state: '' | 'bound';
  readonly old: string;
  readonly new: string;
  readonly crd?: string;
  readonly verdict: 'accept' | 'reject';
  /** What became of `metadata.generation`, of kinds that have one. */
  readonly generation?: 'raised' | 'same';
  readonly causes: readonly { readonly field: string }[];
}

export interface UpdateJudgement {
  readonly case: UpdateCase;
  readonly isSameVerdict: boolean;
  /** For what both refuse: whether one error is at a field that the server names. */
  readonly isSameField: boolean;
  readonly findings: readonly string[];
}

const casesPath = new URL('../../../shared/admission/updates.jsonl.gz', import.meta.url);

/** The shared updates, or undefined where they are absent. */
export function readUpdateCases(): readonly UpdateCase[] | undefined {
  if (!existsSync(casesPath)) return undefined;
  const lines = gunzipSync(readFileSync(casesPath)).toString('utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as UpdateCase);
}

export function judgeUpdate(entry: UpdateCase): UpdateJudgement {
  const { errors, verdict } = admit(entry);
  return {
    case: entry,
    isSameVerdict: verdict === entry.verdict,
    isSameField:
      verdict === 'reject' &&
      entry.verdict === 'reject' &&
      errors.some(({ field }) => entry.causes.some((cause) => isNear(fieldSteps(cause.field), field))),
    findings: errors.map(({ field, type, detail }) => `${field.join('.')}: ${type}: ${detail}`),
  };
}

function admit(entry: UpdateCase): Admission {
  return admitUpdate(liveObject(entry), objectOf(entry.new), contextOf(entry));
}

function contextOf({ crd }: UpdateCase): AdmitOptions {
  return { kubernetesVersion: '1.36', customKinds: customKindsOf(crd === undefined ? [] : [objectOf(crd)]) };
}

/** Whether an update changes more than metadata; for Deployments, whose pods get them, annotations count. */
export function changesSpec(entry: UpdateCase): boolean {
  const changes = changesOf(liveObject(entry), objectOf(entry.new), contextOf(entry));
  const isCopied = (step: Path[number] | undefined): boolean =>
    entry.kind === 'Deployment' && step === 'annotations';
  return changes.some(([first, second]) => first !== 'metadata' || isCopied(second));
}

/** A claim is not bound in this record unless it says so. */
function liveObject(entry: UpdateCase): Mapping {
  const old = objectOf(entry.old);
  if (entry.kind !== 'PersistentVolumeClaim') return old;
  const storage = valueAt(old, ['spec', 'resources', 'requests', 'storage']) ?? null;
  const bound = { phase: 'Bound', capacity: { storage } };
  const status = entry.state === 'bound' ? bound : { phase: 'Pending' };
  return Object.assign(newMapping(), old, { status });
}

function objectOf(text: string): Mapping {
  const value = parseDocuments({ path: 'case.yaml', text }, 'api-server').documents[0]?.value;
  if (!isMapping(value)) throw new Error('a case is not an object');
  return value;
}

/** The steps of a field as the server spells it, without indices. */
function fieldSteps(field: string): readonly string[] {
  const steps = field.match(/\[[^\]]*\]|[^.[\]]+/g) ?? [];
  return steps.map((step) => step.replace(/^\[|\]$/g, '')).filter((step) => !/^\d*$/.test(step));
}

// Names of Go that no object has, and a path that lacks its beginning.
const oddities: Readonly<Record<string, string>> = {
  'spec.persistentvolumesource': 'spec',
  volumeMode: 'spec.volumeMode',
  'spec.attachedRequired': 'spec.attachRequired',
  'spec.clusterIPs': 'spec.clusterIP',
};

/** The same field, or the part of it that we name instead. */
function isNear(expected: readonly string[], ours: Path): boolean {
  const name = expected.join('.');
  const wanted = (oddities[name] ?? name).split('.');
  const steps = ours.filter((step) => typeof step === 'string');
  const own = steps.join('.') === 'spec.clusterIPs' ? ['spec', 'clusterIP'] : steps;
  const isPart = own.length === wanted.length || (name !== wanted.join('.') && own.length > wanted.length);
  return isPart && wanted.every((step, index) => step === own[index]);
}
