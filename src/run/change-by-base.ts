import { weakenedSettings } from '../accept/weakened-settings.ts';
import { pairClusters } from '../change/cluster-pair.ts';
import { lastingOwners } from '../change/fate.ts';
import { ownerWords } from '../change/owner.ts';
import type { ChangeReport, ChangeRow, ObjectChange } from '../report/change-report.ts';
import type { FileSystem } from '../source/file-system.ts';
import { pathBelow } from '../source/path.ts';
import { evidenceIn } from './base-evidence.ts';
import { pathsOf } from './gate.ts';
import { judge } from './judge.ts';
import { judgeChange, sideOf, type TwoRevisions } from './judge-change.ts';
import { laidDownBy } from './lay-down.ts';
import type { LintOptions } from './request.ts';

/** What a change does to each cluster, whatever it says of its own settings and whoever applies what it does. */
export function wholeChange(options: LintOptions, revisions: TwoRevisions): ChangeReport {
  return withWhatBaseSays(judgeChange(revisions), changeByBase(options, revisions));
}

interface ChangeByBase {
  readonly change: ChangeReport;
  /** As rows name them. */
  readonly lasting: ReadonlySet<string>;
}

/**
 * No change decides by its own settings what it deletes, nor by taking the declaration of an owner out of sight: who nobody deletes goes
 * on with the files of the head. Undefined where that makes no difference.
 */
function changeByBase(options: LintOptions, revisions: TwoRevisions): ChangeByBase | undefined {
  const { base, head, names } = revisions;
  const { fileSystem } = head.sources;
  const clusters = pairClusters(sideOf('base', base), sideOf('head', head));
  const lasting = lastingOwners(clusters, (path) => holdsFiles(fileSystem, path));
  if (lasting.length === 0 && weakenedSettings(base.configuration, head.configuration).length === 0)
    return undefined;
  const declarations = lasting.flatMap(({ owner: { id, declaration }, kept }) =>
    declaration === undefined ? [] : [{ cluster: id.cluster, declaration, kept }],
  );
  const laidDown = { ...laidDownBy(base), lasting: declarations };
  const later = judge({
    ...options,
    fileSystem,
    paths: pathsOf(head, options),
    laidDown,
    evidence: evidenceIn(base),
  });
  return {
    change: judgeChange({ base, head: later, names }),
    lasting: new Set(lasting.map(({ owner }) => ownerWords(owner))),
  };
}

/** Whether Git would have the directory: it has none without a file. */
function holdsFiles(fileSystem: FileSystem, directory: string, depth = 0): boolean {
  if (depth > deepest) return true;
  const entries = fileSystem.list(directory) ?? [];
  if (entries.some(({ kind }) => kind === 'file')) return true;
  return entries.some(
    ({ name, kind }) => kind === 'directory' && holdsFiles(fileSystem, pathBelow(directory, name), depth + 1),
  );
}

// A link may lead to a directory above it.
const deepest = 64;

/** The rows of a change, and what only the base's settings or lasting owners tell: what is grave, and what is not known of the latter. */
function withWhatBaseSays(change: ChangeReport, byBase: ChangeByBase | undefined): ChangeReport {
  if (byBase === undefined) return change;
  const known = new Set(change.rows.filter(isGrave).flatMap(({ objects }) => objects.map(keyOf)));
  const isNew = (row: ChangeRow): boolean => row.objects.some((one) => !known.has(keyOf(one)));
  const problems = [...(change.problems ?? []), ...(byBase.change.problems ?? [])];
  const rows = byBase.change.rows
    .filter((row) => isNew(row) && (isGrave(row) || isUnknownOf(row, byBase.lasting)))
    .map((row) => ({ ...row, details: [...row.details, byWhat] }));
  if (rows.length === 0) return problems.length === 0 ? change : { ...change, problems };
  const told = new Set(rows.flatMap((row) => row.objects).map(placeOf));
  // With all that happens to them, of which the rows say what is grave.
  const objects = byBase.change.objects.filter((one) => told.has(placeOf(one)));
  const summary = { ...change.summary };
  for (const { severity } of rows) summary[severity] += 1;
  const { base, head } = change.secrets;
  return {
    ...change,
    ...(problems.length === 0 ? {} : { problems }),
    secrets: { base, head: [...head, ...byBase.change.secrets.head] },
    rows: [...rows, ...change.rows],
    objects: [...change.objects.filter((one) => !told.has(placeOf(one))), ...objects],
    summary,
  };
}

const byWhat = 'with the settings of the base, and with the owners in its clusters that nothing deletes';

function isGrave({ severity }: ChangeRow): boolean {
  return severity === 'destroys' || severity === 'breaks';
}

function isUnknownOf({ objects }: ChangeRow, lasting: ReadonlySet<string>): boolean {
  return objects.some(({ actions, owner }) => actions.includes('unknown') && lasting.has(owner));
}

function keyOf({ apiVersion, kind, namespace = '', name, reason }: ObjectChange): string {
  return JSON.stringify([apiVersion, kind, namespace, name, reason]);
}

function placeOf({ cluster, apiVersion, kind, namespace = '', name }: ObjectChange): string {
  return JSON.stringify([cluster, apiVersion, kind, namespace, name]);
}
