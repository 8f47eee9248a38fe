import type { Configuration } from '../configuration/configuration.ts';
import type { Judgement } from '../fix/judgement.ts';
import { isKustomizationPath } from '../object/kustomization-path.ts';
import type { Finding, Report } from '../report/report.ts';
import { judgeBuild } from '../rules/judge.ts';
import { kustomizationFieldDeprecated } from '../rules/kustomize/kustomization-field-deprecated.ts';
import { isBuiltInGroup } from '../schema/facts.ts';
import { openSources } from '../source/load.ts';
import { withFiles } from '../source/overlay.ts';
import { directoryOf, isBelow, pathBelow } from '../source/path.ts';
import { mayBeChangedByController, patchedKinds, type TakenBy, takenBy } from '../survey/changed-above.ts';
import { type Plan, planRun } from '../survey/plan.ts';
import { renderedBuilds, renderPlan, type Tree } from '../survey/tree.ts';
import { noPictures, openAssembly, withoutKnown } from './assemble-run.ts';
import { knowledgeOf } from './knowledge.ts';
import { learn, type World } from './learn.ts';
import type { LintOptions } from './request.ts';
import { openRun, type Run } from './run.ts';
import { type Found, settle } from './settle.ts';
import { surroundingsOf } from './surroundings.ts';
import { judgeUnits } from './verdict.ts';

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
const named: readonly string[] = [...certain, ...ofObject];

/** What is said of one file, as of a run. */
export interface Look extends Judgement {
  readonly world: World;
}

/**
 * What is wrong with one file whatever stands around it, for whoever opens it and waits: of the kustomization that names it nothing else
 * is built. All that is found here the whole run finds as well, if a build gets as far as the file.
 */
export function lookAt(options: LintOptions, file: string): Look | undefined {
  const near = options.near ?? options.paths[0] ?? '';
  const run = openRun({ ...options, near, only: named, isOnlyNamed: true });
  if (!run.isConfigured) return undefined;
  const plan = planRun(run);
  const owner = ownerOf(plan, file);
  if (owner === undefined) return undefined;
  const { report, tree, world } = judgePart(openPart(run, owner, file), owner, file);
  const findings = report.findings.filter((one) => one.span.file.path === file);
  const isCertain = openCertain(plan, owner.by, run.configuration);
  return { builds: renderedBuilds(tree), world, report: { ...report, findings: findings.filter(isCertain) } };
}

/** The run for the owner alone; of a kustomization, as if it named nothing but the file. */
function openPart(run: Run, { file: owner, by }: Owner, file: string): Run {
  const part = { ...run, asked: { paths: [owner], environments: [], touched: [file] } };
  // What the whole has built is kept for it, and so is what it builds now.
  if (by === undefined || !isBelow(file, directoryOf(owner))) return part;
  const name = JSON.stringify(file.slice(pathBelow(directoryOf(owner), '').length));
  const text = by.as === 'patch' ? `patches: [{ path: ${name} }]\n` : `resources: [${name}]\n`;
  const files = new Map([[owner, new TextEncoder().encode(text)]]);
  const { memory: _, ...anew } = part;
  return { ...anew, sources: openSources(withFiles(run.options.fileSystem, files)) };
}

/** The steps of a run, with the only rule of those that are named which is no reader's or server's. */
function judgePart(run: Run, { by }: Owner, file: string): { report: Report; tree: Tree; world: World } {
  const rendered = renderPlan(planRun(run), run);
  const tree = by === undefined && isKustomizationPath(file) ? withoutObjects(rendered) : rendered;
  const knowledge = knowledgeOf(run, tree);
  const world = learn(tree, run);
  const verdicts = judgeUnits(world, run);
  const { kubernetesVersion } = world;
  const around = surroundingsOf(tree, kubernetesVersion, knowledge, run);
  const together = tree.builds.flatMap((build) => judgeBuild(build, around, [kustomizationFieldDeprecated]));
  const found: Found = { tree, world, knowledge, verdicts, together, tried: [] };
  const settled = settle(found, { known: named, judging: named }, run);
  const report = openAssembly(found, settled, run)(noPictures, []);
  return { report: withoutKnown(report, found, run), tree, world };
}

/** Nothing is asked about the objects of a kustomization. */
function withoutObjects(tree: Tree): Tree {
  const units = tree.units.map((unit) => ({ ...unit, build: { ...unit.build, resources: [] } }));
  return { ...tree, units, builds: units.map(({ build }) => build) };
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
