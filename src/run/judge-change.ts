import { newRunBudgets } from '../admit/policy/run-budget.ts';
import { changeBetween, nothingCompared } from '../change/change.ts';
import type { Side } from '../change/side.ts';
import type { Span } from '../diagnostic/span.ts';
import { secretTexts } from '../object/secret-values.ts';
import { stumbleFinding } from '../object/stumble.ts';
import type {
  ChangedPlace,
  ChangeReport,
  ChangeRow,
  ObjectChange,
  RevisionName,
} from '../report/change-report.ts';
import { withoutNames } from '../report/finding/hide-names.ts';
import { wordRedactor } from '../report/finding/redact.ts';
import { newEffort, withEffort } from '../source/effort.ts';
import { filesBelow } from '../source/files-below.ts';
import { sha256 } from '../source/sha256.ts';
import { renderedBuilds } from '../survey/tree.ts';
import type { RunJudgement } from './judge.ts';
import { secretsAt } from './secrets.ts';
import { shownNames } from './shown-names.ts';

/** Two revisions of one tree, judged, with their names. */
export interface TwoRevisions {
  readonly base: RunJudgement;
  readonly head: RunJudgement;
  readonly names: { readonly base: RevisionName; readonly head: RevisionName };
}

/** Says what the way from the base to the head does to each cluster. */
export function judgeChange({ base, head, names }: TwoRevisions): ChangeReport {
  // Without a configuration that can be used a revision renders nothing, which is not to say that it has nothing.
  const change =
    base.isConfigured && head.isConfigured ? compare({ base, head, names }) : nothingCompared(names);
  const secrets = { base: secretsOf('base', base, change.rows), head: secretsOf('head', head, change.rows) };
  const redact = wordRedactor(
    { spans: [...secrets.base, ...secrets.head], texts: [base, head].flatMap(textsOfSecrets) },
    [base, head].flatMap(shownNames),
  );
  const shown = {
    ...change,
    objects: change.objects.map((one) => redactObject(one, redact)),
    rows: change.rows.map((row) => redactRow(row, redact)),
    secrets,
  };
  return withoutNames(
    shown,
    [base, head].flatMap(({ report }) => report.hiddenNames ?? []),
  );
}

/** Compares two revisions, as long as the effort allows it that both together may take. */
function compare({ base, head, names }: TwoRevisions): ReturnType<typeof changeBetween> {
  const both = [base, head];
  const effort = newEffort(() => both.reduce((sum, { sources }) => sum + sources.counts.bytes, 0));
  const objects = both.reduce((sum, { tree }) => sum + countObjects(tree), 0);
  const budgets = newRunBudgets(undefined, undefined, effort);
  try {
    return withEffort(effort, objects, () =>
      changeBetween(sideOf('base', base), sideOf('head', head), { names, budgets, digest: sha256 }),
    );
  } catch (error) {
    return nothingCompared(names, [stumbleFinding({ who: 'the change' }, error)]);
  }
}

function countObjects(tree: RunJudgement['tree']): number {
  let count = 0;
  for (const { resources } of renderedBuilds(tree).values()) count += resources.length;
  return count;
}

/** The secrets of a revision, around the lines of rows as well, at which nothing need be found. */
function secretsOf(
  revision: Side['revision'],
  { report, sources, tree }: RunJudgement,
  rows: readonly ChangeRow[],
): readonly Span[] {
  const places = rows.flatMap(placesIn).flatMap((place) => spansIn(place, revision));
  if (places.length === 0) return report.secrets;
  const rendered = [...renderedBuilds(tree).values()].map(({ resources }) => ({ resources, inputs: [] }));
  return [...report.secrets, ...secretsAt(sources, { places, rendered }).spans];
}

function placesIn({ place, further = [], safe }: ChangeRow): ChangedPlace[] {
  return [place, ...further, ...safe.map((step) => step.place)].filter((one) => one !== undefined);
}

function spansIn({ span, near, revision }: ChangedPlace, of: Side['revision']): Span[] {
  if (revision === of) return [span];
  return near !== undefined && of === 'head' ? [near] : [];
}

/** A value that goes into a Secret by substitution, a template or a chart stands in another object as well, of which the change shows the fields. */
function textsOfSecrets({ tree }: RunJudgement): string[] {
  return [...renderedBuilds(tree).values()].flatMap(({ resources }) => secretTexts(resources));
}

function redactRow(row: ChangeRow, redact: (words: string) => string): ChangeRow {
  const safe = row.safe.map((step) => ({ ...step, text: redact(step.text) }));
  const objects = row.objects.map((one) => redactObject(one, redact));
  return { ...row, title: redact(row.title), details: row.details.map(redact), safe, objects };
}

function redactObject(object: ObjectChange, redact: (words: string) => string): ObjectChange {
  if (object.fields === undefined) return object;
  const fields = object.fields.map(({ path, before, after }) => ({
    path: redact(path),
    ...(before === undefined ? {} : { before: redact(before) }),
    ...(after === undefined ? {} : { after: redact(after) }),
  }));
  return { ...object, fields };
}

// More files of a plugin than these are not compared.
const mostLooked = 20_000;

/** A judged revision, as a change has it. */
export function sideOf(
  revision: Side['revision'],
  { tree, world, sources, configuration }: RunJudgement,
): Side {
  const worlds = new Map(world.units.map((one) => [one.unit, one]));
  return {
    revision,
    tree,
    promotion: configuration.promotion,
    judgedIn: (unit) => worlds.get(unit),
    textOf: (path) => sources.file(path)?.text,
    filesAt: (path) => filesBelow(sources.fileSystem, path, mostLooked).files,
  };
}
