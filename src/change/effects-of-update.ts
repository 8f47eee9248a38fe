import { admitObject } from '../admit/admit.ts';
import type { FieldError } from '../admit/field-error.ts';
import type { PolicyViolation } from '../admit/policy/violation.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import { equalValues, formatPath, type Path } from '../source/value.ts';
import { podTemplateOf } from '../workload/pod/pod-template.ts';
import { type Cause, causeOf, type Versions } from './cause.ts';
import type { ClusterPair } from './cluster-pair.ts';
import { fieldsOf, isBelow } from './consequence/consequence.ts';
import { consequencesOf } from './consequence/consequences.ts';
import { imageChanges } from './consequence/image.ts';
import { safeWayAround } from './consequence/safe-way.ts';
import { severityOfRecreation } from './deletion.ts';
import type { Edits } from './edits.ts';
import type { Effect, Held } from './effect.ts';
import { fieldChanges } from './field-changes.ts';
import { withIgnoredDifferences } from './ignored-differences.ts';
import { dependants, ownerWords, policyOf } from './owner.ts';
import { updateViolation, violationWords } from './policies.ts';
import { isForced, isLeftAlone } from './protection.ts';
import { type Rollout, rolloutOf } from './rollout.ts';
import { forceOfSync } from './sync-options.ts';
import { optionsFor, type Playing, type Update, updateOf } from './updates.ts';
import { changeWords } from './words.ts';

/** What updates are judged with. */
export interface Updating extends Playing {
  readonly cluster: ClusterPair;
  readonly edits: Edits;
}

/** What happens to an object that is there in both revisions. */
export function effectsOfUpdate(base: Held, head: Held, updating: Updating): Effect[] {
  if (equalValues(base.resource.object, head.resource.object)) return [];
  const effects = outcomesOf(base, head, updating);
  const { cluster } = updating;
  const changed = fieldChanges(base.resource, head.resource);
  return effects.map((effect) => ({ cluster, held: head, changed, ...effect }));
}

type Outcome = Omit<Effect, 'cluster' | 'held'>;

function outcomesOf(base: Held, head: Held, updating: Updating): Outcome[] {
  if (policyOf(head.owner).isSuspended)
    return [
      { actions: ['freeze'], reason: 'suspended', severity: 'silent', ...anyCause(base, head, updating) },
    ];
  if (isLeftAlone(base.resource, base.owner))
    return [
      { actions: ['no-op'], reason: 'left-alone', severity: 'silent', ...anyCause(base, head, updating) },
    ];
  const sent = withIgnoredDifferences(base, head);
  if (equalValues(base.resource.object, sent.resource.object))
    return [
      {
        actions: ['no-op'],
        reason: 'difference-ignored',
        severity: 'silent',
        ...anyCause(base, head, updating),
      },
    ];
  return outcomesOfApply(base, sent, updating);
}

function outcomesOfApply(base: Held, head: Held, updating: Updating): Outcome[] {
  const update = updateOf(base, head, updating.cluster, updating);
  const errors = newErrors(update, base, updating);
  if (errors.length > 0) return errors.map((error) => refusal(error, { base, head, update, updating }));
  if (update.changed.length === 0 && update.staying.length === 0)
    return [
      { actions: ['no-op'], reason: 'same-meaning', severity: 'silent', ...anyCause(base, head, updating) },
    ];
  const violation = updateViolation(base, head, updating.cluster, updating.budgets);
  if (violation !== undefined) return [denial(violation, base, head, updating)];
  if (forceOn(base, head) === 'replace') return [replacement(base, head, update, updating)];
  return changesByCause(base, head, update, updating);
}

/** The errors that the object did not have before. */
function newErrors({ errors }: Update, base: Held, { cluster, budgets }: Updating): readonly FieldError[] {
  if (errors.length === 0) return errors;
  const options = optionsFor(base, cluster.judgedIn, budgets);
  const before = (cluster.judgedIn?.target.kubernetesVersions ?? []).flatMap(
    (kubernetesVersion) => admitObject(base.resource.object, { ...options, kubernetesVersion }).errors,
  );
  const known = new Set(before.map(errorKey));
  return errors.filter((error) => !known.has(errorKey(error)));
}

function errorKey({ type, field }: FieldError): string {
  return JSON.stringify([type, field]);
}

interface Refused {
  readonly base: Held;
  readonly head: Held;
  readonly update: Update;
  readonly updating: Updating;
}

// Refused by the decoder, with another status than what force takes for an immutable field (fluxcd/pkg ssa/errors, 422 and 409).
const notDecoded = new Set<FieldError['type']>(['TypeInvalid', 'UnknownField', 'InternalError']);

function refusal(error: FieldError, { base, head, update, updating }: Refused): Outcome {
  const cause = causeOf(error.change ?? error.field, versionsOf(base, head), updating.edits);
  const safe = safeWayAround(error, head, cause);
  const placed = {
    ...(cause === undefined ? {} : { cause }),
    ...(safe.length === 0 ? {} : { safe }),
    what: `${formatPath(error.field)}: ${error.detail}`,
  };
  const force = forceOn(base, head);
  if (force === undefined || notDecoded.has(error.type))
    return {
      ...placed,
      actions: ['refused'],
      reason: 'refused',
      severity: 'breaks',
      details: stuckWith(head.owner, updating.cluster),
    };
  if (!update.isCreatable && force !== 'apply')
    return { ...placed, actions: ['delete'], reason: 'lost-to-force', severity: 'destroys' };
  const details = update.isCreatable
    ? []
    : ['the new one is refused as well, and kubectl restores the old one'];
  return {
    ...placed,
    actions: ['delete', 'create'],
    reason: 'recreated',
    severity: severityOfRecreation(base.resource),
    ...(details.length === 0 ? {} : { details }),
  };
}

/** `kubectl replace --force` asks nobody whether an update would do. */
function replacement(base: Held, head: Held, update: Update, updating: Updating): Outcome {
  const [path = []] = fieldsOf(update);
  return {
    ...placed(path, versionsOf(base, head), updating.edits),
    what: changeWords(base, head, fieldsOf(update), update.states.next),
    actions: ['delete', 'create'],
    reason: 'recreated',
    severity: severityOfRecreation(base.resource),
    details: ['Replace=true with Force=true deletes and recreates the object at each sync'],
  };
}

// A policy refuses with 422 Invalid unless it names another reason; force takes that, and these words, for an immutable field
// (fluxcd/pkg ssa/errors, IsImmutableError).
function isTakenForImmutable({ reason = 'Invalid', message }: PolicyViolation): boolean {
  return reason === 'Invalid' || reason === 'Conflict' || /is\simmutable|immutable\sfield/u.test(message);
}

function denial(violation: PolicyViolation, base: Held, head: Held, { cluster, edits }: Updating): Outcome {
  const said = {
    ...placed(violation.path, versionsOf(base, head), edits),
    what: violationWords(violation, head.resource.object),
  };
  if (forceOn(base, head) !== undefined && isTakenForImmutable(violation))
    return {
      ...said,
      actions: ['delete', 'create'],
      reason: 'recreated',
      severity: severityOfRecreation(base.resource),
    };
  return {
    ...said,
    actions: ['refused'],
    reason: 'refused-by-policy',
    severity: 'breaks',
    details: stuckWith(head.owner, cluster),
  };
}

/** How an update that is refused is forced; undefined where it is not. */
function forceOn(base: Held, head: Held): 'flux' | 'replace' | 'apply' | undefined {
  if (head.owner.by === 'argocd') return forceOfSync(base, head);
  const isFlux = [base, head].some(
    ({ resource, owner }) => policyOf(owner).forces || isForced(resource, owner),
  );
  return isFlux ? 'flux' : undefined;
}

/** What waits as long as an update is refused. */
function stuckWith(owner: Reconciliation, { head }: ClusterPair): string[] {
  if (owner.by === 'argocd')
    return [
      `the sync of ${ownerWords(owner)} fails: the rest of its wave is applied, but later waves and hooks are not`,
    ];
  if (owner.by !== 'flux') return [];
  if (owner.kind === 'HelmRelease')
    return [`the upgrade of ${ownerWords(owner)} fails, and its remediation rolls back what else it applied`];
  const waiting = dependants(owner, head.all).map(ownerWords);
  const stage = `nothing else of its stage of ${ownerWords(owner)} is applied, and nothing is pruned`;
  return waiting.length === 0 ? [stage] : [stage, `${waiting.join(', ')} wait for it`];
}

/** What follows from the update, and for each edited line the fields that it changes besides. */
function changesByCause(base: Held, head: Held, update: Update, { edits, cluster }: Updating): Outcome[] {
  const versions = versionsOf(base, head);
  const found = consequencesOf({ base, head, update, cluster });
  const explained = found.flatMap(({ explains = [] }) => explains);
  const paths = fieldsOf(update);
  const rest = paths.filter((path) => !explained.some((one) => isBelow(path, one)));
  const template = templateThatChanges(head, update);
  const rollout = template === undefined ? undefined : rolloutOf(head, cluster);
  return [
    ...found.map(({ at, explains = [], ...outcome }) => ({
      ...placed(at, versions, edits),
      fields: [at, ...explains],
      ...outcome,
    })),
    ...byCause(rest, versions, edits).map(({ cause, paths: own }) => ({
      ...(cause === undefined ? {} : { cause }),
      fields: own,
      what: changeWords(base, head, own, update.states.next),
      ...(template !== undefined && rollout !== undefined && own.some((path) => isBelow(path, template))
        ? withImages(rollout, base, head)
        : updated),
    })),
  ];
}

const updated = { actions: ['update'], reason: 'updated', severity: 'changes' } as const;

/** Where the pod template stands, if a field of it changes. */
function templateThatChanges({ resource }: Held, { changed }: Update): Path | undefined {
  const path = podTemplateOf(resource)?.path;
  return path !== undefined && changed.some((one) => isBelow(one, path)) ? path : undefined;
}

function withImages(rollout: Rollout, base: Held, head: Held): Rollout {
  const images = imageChanges(base.resource, head.resource);
  return images.length === 0 ? rollout : { ...rollout, details: [...images, ...(rollout.details ?? [])] };
}

interface ByCause {
  readonly cause: Cause | undefined;
  readonly paths: Path[];
}

function byCause(paths: readonly Path[], versions: Versions, edits: Edits): ByCause[] {
  const groups = new Map<string, ByCause>();
  for (const path of paths) {
    const cause = causeOf(path, versions, edits);
    const key = cause === undefined ? '' : `${cause.revision}:${cause.span.file.path}:${cause.span.start}`;
    const group = groups.get(key) ?? { cause, paths: [] };
    group.paths.push(path);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function placed(path: Path, versions: Versions, edits: Edits): Pick<Outcome, 'cause'> {
  const cause = causeOf(path, versions, edits);
  return cause === undefined ? {} : { cause };
}

function anyCause(base: Held, head: Held, { edits }: Updating): Pick<Outcome, 'cause'> {
  return placed(['metadata', 'name'], versionsOf(base, head), edits);
}

function versionsOf(base: Held, head: Held): Versions {
  const inputs = new Set([...head.owner.build.inputs, ...base.owner.build.inputs]);
  return { base: base.resource, head: head.resource, inputs: [...inputs] };
}
