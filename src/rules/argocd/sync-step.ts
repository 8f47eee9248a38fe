import { textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import { ownOf } from '../../source/own.ts';
import type { Mapping } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { annotationList } from './argo-application.ts';

/** The phases of a sync, in their order. */
const phases = ['PreSync', 'Sync', 'PostSync'];

/** A phase by its place, and a wave in it. */
export interface SyncStep {
  readonly phase: number;
  readonly wave: number;
}

/** When an object is applied; undefined for what is not part of an ordinary sync. Of several phases the first counts. */
export function stepOf({ object }: Resource): SyncStep | undefined {
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

export function hasOrder({ object }: Resource): boolean {
  const hasHelm = ['helm.sh/hook', 'helm.sh/hook-weight'].some(
    (name) => textAt(object, 'metadata', 'annotations', name) !== undefined,
  );
  return hasHelm || ['hook', 'sync-wave'].some((name) => annotationList(object, name).length > 0);
}

export function isAfter(other: SyncStep, own: SyncStep): boolean {
  return other.phase > own.phase || (other.phase === own.phase && other.wave > own.wave);
}

/** The phase is said where it is not that of the other object. */
export function wordsOf(resource: Resource, other: Resource): string {
  const step = stepOf(resource);
  const phase = phases[step?.phase ?? 1] ?? 'Sync';
  const wave = `wave ${step?.wave ?? 0}`;
  return phase === 'Sync' && step?.phase === stepOf(other)?.phase ? wave : `${wave} of ${phase}`;
}

/** What brings an object into the phase of another one, or before it. */
export function earlierHelp(resource: Resource, target: Resource): string {
  const kind = valueText(target.object['kind']);
  const [own, other] = [stepOf(resource)?.phase ?? 1, stepOf(target)?.phase ?? 1];
  if (own === other) return `put the ${kind} in the same wave or an earlier one`;
  const hook = phases[own] ?? 'Sync';
  return own === 1
    ? `remove the hook annotation from the ${kind}, which Sync must wait for`
    : `give the ${kind} the annotation argocd.argoproj.io/hook: ${hook} and an earlier sync-wave`;
}
