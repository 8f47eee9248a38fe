import { isKind, textAt } from '../../object/object-field.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { argoSettings } from '../../reconcile/argocd/settings.ts';
import type { Mapping } from '../../source/value.ts';
import type { ClusterRule } from '../rule.ts';
import { type Application, applicationsOf } from './argo-application.ts';

const annotation = 'argocd.argoproj.io/sync-wave';

/** Argo CD has no health of Applications since 1.8, so no wave waits for one of them (resource_customizations of 3.6). */
export const applicationWaveUnawaited: ClusterRule = {
  id: 'application-wave-unawaited',
  severity: 'warning',
  scope: 'cluster',
  tags: ['argo-cd', 'order'],
  *judge(cluster) {
    const settings = argoSettings(cluster);
    if (settings.some(hasHealthOfApplications)) return;
    for (const application of applicationsOf(cluster))
      yield* judgeApplication(application, settings.length > 0);
  },
};

function* judgeApplication({ build }: Application, isKnown: boolean): Iterable<RuleProblem> {
  const children = build.resources.filter((one) => isKind(one, 'argoproj.io', 'Application'));
  const waves = [...new Set(children.map(waveOf))].sort((a, b) => a - b);
  const [first] = waves;
  if (first === undefined || waves.length < 2) return;
  const marked = children.filter(({ object }) => waveText(object) !== undefined);
  const [earliest = children[0] as Resource, ...others] = marked.sort((a, b) => waveOf(a) - waveOf(b));
  const where = isKnown ? '' : ' unless argocd-cm, which is not here, defines it';
  yield {
    at: [earliest, 'metadata', 'annotations', annotation],
    ...(isKnown ? {} : { severity: 'note' as const }),
    message: `waves do not wait for Applications, because Argo CD has no health check for them${where}: ${nameOf(earliest.object)} and those after it are synced at once`,
    help: 'set resource.customizations.health.argoproj.io_Application in argocd-cm, as its documentation describes, or remove the waves',
    related: others.map((other) => ({
      at: [other, 'metadata', 'annotations', annotation] as const,
      message: `wave ${waveOf(other)}`,
    })),
  };
}

function waveText(object: Mapping): string | undefined {
  return textAt(object, 'metadata', 'annotations', annotation);
}

function waveOf({ object }: Resource): number {
  const wave = Number(waveText(object) ?? '0');
  return Number.isInteger(wave) ? wave : 0;
}

function hasHealthOfApplications(data: Mapping): boolean {
  const own = data['resource.customizations.health.argoproj.io_Application'];
  const all = data['resource.customizations'];
  return typeof own === 'string' || (typeof all === 'string' && all.includes('argoproj.io/Application'));
}
