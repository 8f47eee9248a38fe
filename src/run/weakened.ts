import { type Weakening, weakenedSettings } from '../accept/weakened-settings.ts';
import { type Span, startOf } from '../diagnostic/span.ts';
import { locateField } from '../object/provenance.ts';
import { trackedObject } from '../object/resource.ts';
import {
  describeReconciliation,
  ownerKey,
  type Reconciliation,
  rendersLess,
} from '../reconcile/reconciliation.ts';
import { fingerprintOfWords } from '../report/finding/fingerprint.ts';
import { wordRedactor } from '../report/finding/redact.ts';
import type { Finding, LeftOutPlace } from '../report/report.ts';
import { sha256 } from '../source/sha256.ts';
import type { Tree } from '../survey/tree.ts';
import type { RunJudgement } from './judge.ts';
import { addedSuppressions } from './lay-down.ts';
import { movedAway } from './moved-away.ts';
import { shownNames } from './shown-names.ts';
import { policiesChanged } from './weakened-policies.ts';

export const gateWeakened = 'gate-weakened';

/** What a change does to the rules that it is judged by; all of it holds after the merge only. */
export function weakeningsIn(base: RunJudgement, head: RunJudgement): Weakening[] {
  return [
    ...weakenedSettings(base.configuration, head.configuration),
    ...baselineGrown(base, head),
    ...addedSuppressions(head.suppressions, base.suppressions).map(({ by, rule, span }) => ({
      what: `a new ${by} accepts ${rule}`,
      span,
    })),
    ...policiesChanged(base.tree, head.tree),
    ...rootsTakenIn(base.tree, head.tree),
    ...filesOutOfScope(base, head),
    ...noLongerRendered(base.tree, head.tree),
  ];
}

/** One finding for each way in which a change weakens its gate. */
export function weakenedBy(
  ways: readonly Weakening[],
  { base, head }: { readonly base: RunJudgement; readonly head: RunJudgement },
): Finding[] {
  const asked = base.configuration.rules.get(gateWeakened)?.severity;
  if (asked === 'off') return [];
  const file = head.configuration.file ?? base.configuration.file ?? '.';
  const fallback = head.sources.file(file) ?? { path: file, text: '' };
  const secrets = [...base.report.secrets, ...head.report.secrets];
  const redact = wordRedactor({ spans: secrets }, [base, head].flatMap(shownNames));
  // One annotation of a patch stands in every object that it is merged into.
  const placeOf = ({ what, span }: Weakening): string => `${what} ${span?.file.path} ${span?.start}`;
  const distinct = [...new Map(ways.map((way) => [placeOf(way), way])).values()];
  return distinct.map(({ what, span = startOf(fallback), decidesNow = false }) => ({
    rule: gateWeakened,
    severity: asked ?? (decidesNow ? 'error' : 'warning'),
    message: redact(`weakens the gate: ${what}`),
    help: decidesNow
      ? 'merge its digest in cdb-lint.lock first, or fetch it in a step before the run'
      : 'it takes effect after the merge; the owners of the rules must approve it',
    span,
    related: [],
    occurrences: [{}],
    ...fingerprintOfWords(span.file.path, [gateWeakened, span.file.path, what], sha256),
  }));
}

/** Entries beyond those of the base; where one of the two was written by another version, only their numbers say something. */
function baselineGrown({ baseline: before }: RunJudgement, { baseline: after }: RunJudgement): Weakening[] {
  const entries = after?.entries ?? [];
  const earlier = before?.entries ?? [];
  const known = new Set(earlier.map(({ fingerprint }) => fingerprint));
  const isSame = isPaired(earlier) === isPaired(entries) || earlier.length === 0;
  const more = isSame
    ? entries.filter(({ fingerprint }) => !known.has(fingerprint)).length
    : Math.max(0, entries.length - earlier.length);
  return more === 0 ? [] : [{ what: `the baseline ${after?.file} has ${more} more` }];
}

function isPaired(entries: NonNullable<RunJudgement['baseline']>['entries']): boolean {
  return entries.some(({ knownAs }) => knownAs !== undefined);
}

/** Kustomizations that stood for themselves, and that another one takes in now, with whatever it does to them. */
function rootsTakenIn(base: Tree, head: Tree): Weakening[] {
  const takenIn = new Set(head.found.takenIn);
  const alone = new Set(head.units.map(({ id }) => id.root));
  return base.units
    .filter(({ id: { role, root } }) => role === 'root' && takenIn.has(root) && !alone.has(root))
    .map(({ id: { root } }) => ({
      what: `${root || '.'} is now checked only within what includes it`,
    }));
}

/** What an owner applies, of which the head renders less than the base, whatever makes the rest of it. */
function noLongerRendered(base: Tree, head: Tree): Weakening[] {
  const ownersIn = ({ clusters }: Tree): Reconciliation[] =>
    clusters.flatMap(({ reconciliations }) => reconciliations);
  const before = new Map(ownersIn(base).map((one) => [ownerKey(one.id), one]));
  return ownersIn(head).flatMap((one) => {
    const old = before.get(ownerKey(one.id));
    if (old === undefined || !rendersLess(one, old)) return [];
    const { declaration } = one;
    const span = declaration && locateField(trackedObject(declaration), ['spec'], 'key').span;
    const why = one.notRendered.find((words) => !old.notRendered.includes(words)) ?? one.notRendered.at(-1);
    const what = `less of what ${describeReconciliation(one)} applies is rendered: ${why}`;
    return [{ what, ...(span === undefined ? {} : { span }) }];
  });
}

/** Files that the base judges and that are still there, here or elsewhere, and judged no more. */
function filesOutOfScope(base: RunJudgement, head: RunJudgement): Weakening[] {
  const seen = new Set([...judgedFiles(head.tree), ...head.tree.found.kustomizedFiles]);
  const left = judgedFiles(base.tree).filter((path) => !seen.has(path));
  const { fileSystem } = head.sources;
  const staying = left.filter((path) => fileSystem.kind(path) === 'file');
  const missing = left.filter((path) => fileSystem.kind(path) === undefined);
  return [
    ...staying.map((path) => ({
      what: `${path} still exists, but is no longer checked`,
      span: startOf(head.sources.file(path) ?? { path, text: '' }),
    })),
    ...filesLeftOut(base, head).filter(({ span }) => !staying.includes(span.file.path)),
    ...(missing.length === 0 ? [] : movedAway(missing, { base, head, seen })),
  ];
}

/** Files that people apply as they stand, of which the head judges less: a kustomization came beside them, an annotation, a template. */
function filesLeftOut(base: RunJudgement, head: RunJudgement): (Weakening & { readonly span: Span })[] {
  const plain = new Set(base.tree.found.plainFiles);
  const before = leftOutPlaces(base).map(({ why, path, objects }) => [`${why} ${path}`, objects] as const);
  const known = new Map(before);
  return leftOutPlaces(head)
    .filter(({ why, path, objects }) => plain.has(path) && objects > (known.get(`${why} ${path}`) ?? 0))
    .map(({ why, path }) => ({
      what: `${path} still exists, but is not checked (${why})`,
      span: startOf(head.sources.file(path) ?? { path, text: '' }),
    }));
}

function leftOutPlaces({ report }: RunJudgement): (LeftOutPlace & { readonly why: string })[] {
  return (report.coverage.leftOut ?? []).flatMap(({ why, places }) =>
    places.map((place) => ({ ...place, why })),
  );
}

function judgedFiles({ units, found }: Tree): string[] {
  return [...new Set([...units.flatMap(({ build }) => build.inputs), ...found.plainFiles])];
}
