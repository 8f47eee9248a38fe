import { nearestName } from '../../diagnostic/closest-word.ts';
import { textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { isSequence, valueAt } from '../../source/value.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { ClusterRule } from '../rule.ts';
import { annotationList, applicationsOf } from './argo-application.ts';

const switches = ['true', 'false'];
/** What gitops-engine/pkg/sync and controller/sync.go of 3.6 look for; the rest is passed over. */
const objectOptions = options({
  Prune: ['true', 'false', 'confirm'],
  Delete: ['true', 'false', 'confirm'],
  Validate: switches,
  SkipDryRunOnMissingResource: switches,
  PruneLast: switches,
  Replace: switches,
  Force: switches,
  ServerSideApply: switches,
  ApplyOutOfSyncOnly: switches,
  ClientSideApplyMigration: switches,
});
const applicationOptions = [
  ...objectOptions.filter((one) => !one.startsWith('Force=')),
  ...options({
    CreateNamespace: switches,
    FailOnSharedResource: switches,
    RespectIgnoreDifferences: switches,
    PrunePropagationPolicy: ['foreground', 'background', 'orphan'],
  }),
];
const hooks = ['PreSync', 'Sync', 'PostSync', 'SyncFail', 'Skip', 'PreDelete', 'PostDelete'];
const deletePolicies = ['HookSucceeded', 'HookFailed', 'BeforeHookCreation'];

/** Words for Argo CD that it does not know: it says nothing, and does without them. */
export const argocdOptionUnknown: ClusterRule = {
  id: 'argocd-option-unknown',
  severity: 'error',
  scope: 'cluster',
  tags: ['argo-cd'],
  *judge(cluster) {
    for (const { declaration, build } of applicationsOf(cluster)) {
      yield* judgeApplication(declaration);
      for (const resource of build.resources) yield* judgeAnnotations(resource);
    }
  },
};

function* judgeApplication(declaration: Resource): Iterable<RuleProblem> {
  const path = ['spec', 'syncPolicy', 'syncOptions'];
  const list = valueAt(declaration.object, path);
  if (!isSequence(list)) return;
  for (const [index, option] of list.entries()) {
    if (typeof option !== 'string' || applicationOptions.includes(option)) continue;
    const isForce = option.startsWith('Force=');
    yield {
      at: [declaration, ...path, index],
      message: isForce
        ? `${option} is an option for objects, and has no effect on an Application`
        : `Argo CD does not know the sync option ${option}, and ignores it`,
      help: isForce
        ? 'set it with argocd.argoproj.io/sync-options on the objects that need it'
        : helpFor(option, applicationOptions),
      severity: 'warning',
    };
  }
}

function* judgeAnnotations(resource: Resource): Iterable<RuleProblem> {
  if (valueAt(resource.object, ['metadata', 'annotations']) === undefined) return;
  yield* judgeList(resource, 'hook', hooks, `so ${describe(resource)} is never applied`);
  yield* judgeList(resource, 'hook-delete-policy', deletePolicies, 'and ignores it', 'warning');
  yield* judgeList(resource, 'sync-options', objectOptions, 'and ignores it', 'warning');
  const wave = textAt(resource.object, 'metadata', 'annotations', 'argocd.argoproj.io/sync-wave');
  if (wave === undefined || /^[+-]?\d+$/u.test(wave)) return;
  yield {
    at: [resource, 'metadata', 'annotations', 'argocd.argoproj.io/sync-wave'],
    message: `the sync wave ${wave} is not a number, so Argo CD reads it as 0`,
    help: 'write an integer in quotes',
  };
}

function* judgeList(
  resource: Resource,
  annotation: string,
  known: readonly string[],
  ...[effect, severity]: readonly [string, 'warning'?]
): Iterable<RuleProblem> {
  const unknown = annotationList(resource.object, annotation).find((one) => !known.includes(one));
  if (unknown === undefined) return;
  yield {
    at: [resource, 'metadata', 'annotations', `argocd.argoproj.io/${annotation}`],
    message: `Argo CD does not know the ${annotation} ${unknown}, ${effect}`,
    help: helpFor(unknown, known),
    ...(severity === undefined ? {} : { severity }),
  };
}

function helpFor(word: string, known: readonly string[]): string {
  const exact = known.find((one) => one.toLowerCase() === word.toLowerCase());
  const close = exact ?? nearestName(word, known);
  return close === undefined
    ? `write one of ${known.filter((one) => !one.endsWith('=false')).join(', ')}`
    : `did you mean ${close}?`;
}

function options(values: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(values).flatMap(([name, list]) => list.map((value) => `${name}=${value}`));
}
