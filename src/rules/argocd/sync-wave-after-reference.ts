import { textAt } from '../../object/object-field.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { ownOf } from '../../source/own.ts';
import type { Mapping } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { podReferencesOf, type Reference } from '../../workload/pod/pod-reference.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { ClusterRule } from '../rule.ts';
import { type Application, annotationList, applicationsOf } from './argo-application.ts';

/** Argo CD waits until a wave is healthy; pods that need something of a later one never are (gitops-engine of 3.6, syncTasks.Less). */
export const syncWaveAfterReference: ClusterRule = {
  id: 'sync-wave-after-reference',
  severity: 'warning',
  scope: 'cluster',
  *judge(cluster) {
    for (const application of applicationsOf(cluster)) yield* judgeApplication(application);
  },
};

function* judgeApplication({ build }: Application): Iterable<RuleProblem> {
  if (!build.resources.some(hasOrder)) return;
  const byName = new Map(build.resources.map((one) => [keyOf(one), one]));
  for (const resource of build.resources) {
    const own = stepOf(resource);
    if (own === undefined) continue;
    const late = podReferencesOf(resource).flatMap((reference) => isLate(reference, resource, byName) ?? []);
    const [first] = late;
    if (first === undefined) continue;
    const { target, reference } = first;
    yield {
      at: [resource, ...reference.path],
      message: `${describe(resource)} is applied in ${wordsOf(resource, target)}, but its ${reference.kind} ${reference.name} only in ${wordsOf(target, resource)}: its pods cannot start, and the sync waits for them`,
      help: helpFor(resource, target),
      related: [{ at: [target, 'metadata', 'name'], message: `applied in ${wordsOf(target, resource)}` }],
    };
  }
}

function isLate(
  reference: Reference,
  resource: Resource,
  byName: ReadonlyMap<string, Resource>,
): { target: Resource; reference: Reference } | undefined {
  const namespace = reference.namespace ?? namespaceOf(resource.object);
  const target = byName.get(JSON.stringify([reference.kind, namespace, reference.name]));
  const own = stepOf(resource);
  const other = target === undefined ? undefined : stepOf(target);
  if (!reference.isNeeded || target === undefined || own === undefined || other === undefined)
    return undefined;
  const isAfter = other.phase > own.phase || (other.phase === own.phase && other.wave > own.wave);
  return isAfter ? { target, reference } : undefined;
}

const phases = ['PreSync', 'Sync', 'PostSync'];

/** When an object is applied; undefined for what is not part of an ordinary sync. Of several phases the first counts. */
function stepOf({ object }: Resource): { phase: number; wave: number } | undefined {
  const hooks = annotationList(object, 'hook');
  const own = hooks.length === 0 ? helmPhases(object) : hooks;
  const phase = phases.findIndex((one) => own.includes(one));
  const annotations = ['argocd.argoproj.io/sync-wave', 'helm.sh/hook-weight'];
  const [text = '0'] = annotations.flatMap((name) => textAt(object, 'metadata', 'annotations', name) ?? []);
  const wave = Number(text);
  return phase < 0 ? undefined : { phase, wave: Number.isInteger(wave) ? wave : 0 };
}

const helmHooks: Readonly<Record<string, string>> = {
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
};

/** Hooks of Helm count in plain manifests, too (gitops-engine of 3.6, hook.Types). */
function helmPhases(object: Mapping): string[] {
  const hooks = textAt(object, 'metadata', 'annotations', 'helm.sh/hook');
  if (hooks === undefined) return ['Sync'];
  return hooks.split(',').flatMap((one) => ownOf(helmHooks, one.trim()) ?? []);
}

function hasOrder({ object }: Resource): boolean {
  const hasHelm = ['helm.sh/hook', 'helm.sh/hook-weight'].some(
    (name) => textAt(object, 'metadata', 'annotations', name) !== undefined,
  );
  return hasHelm || ['hook', 'sync-wave'].some((name) => annotationList(object, name).length > 0);
}

/** The phase is said where it is not that of the other object. */
function wordsOf(resource: Resource, other: Resource): string {
  const step = stepOf(resource);
  const phase = phases[step?.phase ?? 1] ?? 'Sync';
  const wave = `wave ${step?.wave ?? 0}`;
  return phase === 'Sync' && step?.phase === stepOf(other)?.phase ? wave : `${wave} of ${phase}`;
}

function helpFor(resource: Resource, target: Resource): string {
  const kind = valueText(target.object['kind']);
  const [own, other] = [stepOf(resource)?.phase ?? 1, stepOf(target)?.phase ?? 1];
  if (own === other) return `put the ${kind} into the same wave or an earlier one`;
  const hook = phases[own] ?? 'Sync';
  return own === 1
    ? `take the hook off the ${kind}, which Sync is to wait for`
    : `give the ${kind} the annotation argocd.argoproj.io/hook: ${hook} and an earlier sync-wave`;
}

function keyOf({ object }: Resource): string {
  return JSON.stringify([groupVersionKind(object).kind, namespaceOf(object), nameOf(object)]);
}
