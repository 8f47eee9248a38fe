import type { Configuration } from '../configuration/configuration.ts';
import type { Finding } from '../report/report.ts';
import { isBuiltInGroup } from '../schema/facts.ts';
import { mayBeChangedByController, patchedKinds, type TakenBy, takenBy } from '../survey/changed-above.ts';
import { type Plan, planRun } from '../survey/plan.ts';
import { judge, type RunJudgement } from './judge.ts';
import type { LintOptions } from './request.ts';
import { openRun } from './run.ts';

/** What is wrong with the text of a file, whoever reads it. */
const ofText = ['yaml-syntax', 'duplicate-key', 'hidden-text', 'not-utf8', 'alias-bomb', 'too-deep'] as const;
/** What is wrong with a kustomization, whoever builds it. */
const ofKustomization = [
  'kustomization-invalid',
  'kustomization-field-deprecated',
  'kustomization-missing',
  'file-missing',
  'path-outside-repository',
] as const;
/** What is wrong with an object as long as nothing changes it on its way. */
const ofObject: ReadonlySet<string> = new Set(['unknown-field', 'wrong-type', 'unsupported-value']);
const certain: ReadonlySet<string> = new Set([...ofText, ...ofKustomization]);

/**
 * What is wrong with one file whatever stands around it, for whoever opens it and waits: of the kustomization that lists it nothing but
 * that is built. All that is found here the whole run finds as well, if a build gets as far as the file.
 */
export function lookAt(options: LintOptions, file: string): RunJudgement | undefined {
  const run = openRun(options);
  if (!run.isConfigured) return undefined;
  const plan = planRun(run);
  const owner = ownerOf(plan, file);
  if (owner === undefined) return undefined;
  const only = [...certain, ...ofObject];
  const near = options.near ?? options.paths[0] ?? '';
  // As a part: what the whole has built is kept for it.
  const judged = judge({
    ...options,
    paths: [owner.file],
    touched: [file],
    near,
    only,
    isOnlyNamed: true,
    isOnlyCompared: true,
  });
  const findings = judged.report.findings.filter((one) => one.span.file.path === file);
  const isCertain = openCertain(plan, owner.by, run.configuration);
  return { ...judged, report: { ...judged.report, findings: findings.filter(isCertain) } };
}

interface Owner {
  /** What is built, or read as it stands. */
  readonly file: string;
  readonly by?: TakenBy;
}

/** Undefined where nothing is known to be deployed of the file. */
function ownerOf({ found, sources }: Plan, file: string): Owner | undefined {
  if (found.kustomizations.includes(file) || found.plainFiles.includes(file)) return { file };
  const by = found.kustomizedFiles.includes(file) ? takenBy(sources, found, file) : undefined;
  return by === undefined ? undefined : { file: by.owner, by };
}

function openCertain(
  { found, sources }: Plan,
  by: TakenBy | undefined,
  { environments, exclusions }: Configuration,
): (finding: Finding) => boolean {
  let patched: ReadonlySet<string> | undefined | 'unknown' = 'unknown';
  const isSame = environments.every(({ kubernetesVersion }) => kubernetesVersion === undefined);
  // Asked only where there is something to ask it for.
  const isChanged = (kind: string): boolean => {
    if (patched === 'unknown')
      patched = mayBeChangedByController(sources, found) ? undefined : patchedKinds(sources, by?.all ?? []);
    return patched === undefined || patched.has(kind);
  };
  return (finding) => {
    const { rule, object, field = '' } = finding;
    if (exclusions.some((one) => one.rule === rule)) return false;
    if (certain.has(rule)) return true;
    if (!ofObject.has(rule) || object === undefined || !isSame) return false;
    return isBuiltInGroup(groupOf(object)) && !isSetAnyway(rule, field) && !isChanged(object.kind ?? '');
  };
}

/** Of other groups the repository may bring a schema of its own. */
function groupOf({ apiVersion = '' }: NonNullable<Finding['object']>): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
}

/** Values that kustomizations set without patches. */
function isSetAnyway(rule: string, field: string): boolean {
  return rule !== 'unknown-field' && /(?:^metadata|[lL]abels|selector|image|replicas|[nN]ame)/u.test(field);
}
