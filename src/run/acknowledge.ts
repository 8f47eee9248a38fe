import type { Acknowledgement } from '../configuration/configuration.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { startOf } from '../diagnostic/span.ts';
import { readSuppression } from '../diagnostic/suppression.ts';
import type { ChangeReport, ChangeRow } from '../report/change-report.ts';
import type { RunJudgement } from './judge.ts';
import { protectionOf } from './protected.ts';

/** A text that may acknowledge: what a commit says, or the text of a pull request. */
export interface AcknowledgingText {
  /** For people: `the commit`. */
  readonly where: string;
  readonly text: string;
}

/** A change, its revisions, and who may have acknowledged what it does. */
export interface Acknowledging {
  readonly change: ChangeReport;
  readonly base: RunJudgement;
  readonly head: RunJudgement;
  readonly texts: readonly AcknowledgingText[];
  /** The day, as 2026-11-23; nothing expires where it is not known. */
  readonly today?: string;
}

interface Candidate extends Acknowledgement {
  readonly by: string;
}

/**
 * Takes what is meant out of what stops the merge. An acknowledgement names a reason and the digest of the consequence, so that it means
 * nothing as soon as more happens; one that the base has already was used up by an earlier change.
 */
export function acknowledge(asked: Acknowledging): {
  readonly change: ChangeReport;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { change, base, today = '' } = asked;
  const protection = protectionOf(base);
  const candidates = candidatesOf(asked);
  const valid = candidates.filter(({ expires }) => expires === undefined || expires >= today);
  const rows = change.rows.map((row) => {
    const reason = protection(row);
    if (reason !== undefined) return { ...row, protected: reason };
    const found = isGrave(row) ? valid.find((one) => covers(one, row)) : undefined;
    return found === undefined ? row : { ...row, acknowledged: { by: found.by, reason: found.reason } };
  });
  return {
    change: { ...change, rows },
    diagnostics: [...candidates.flatMap((one) => complaintOf(one, change.rows, today)), ...usedUp(asked)],
  };
}

function isGrave({ severity }: ChangeRow): boolean {
  return severity === 'destroys' || severity === 'breaks';
}

function covers({ rule, digest, object, clusters }: Candidate, row: ChangeRow): boolean {
  return (
    row.reason === rule &&
    row.digest === digest &&
    (object === undefined || row.objects.some(({ kind, name }) => object === `${kind}/${name}`)) &&
    (clusters === undefined || [...clusters].sort().join() === [...row.clusters].sort().join())
  );
}

function candidatesOf({ base, head, texts }: Acknowledging): Candidate[] {
  const ways = base.configuration.acknowledgeBy;
  const old = new Set(base.configuration.acknowledged.map(keyOf));
  const written = head.configuration.acknowledged.filter((one) => !old.has(keyOf(one)));
  return [
    ...(ways.includes('configuration')
      ? written.map((one) => ({ ...one, by: head.configuration.file ?? 'the configuration' }))
      : []),
    ...(ways.includes('trailer') ? texts.flatMap(trailersIn) : []),
  ];
}

function keyOf({ rule, digest }: Acknowledgement): string {
  return `${rule} ${digest}`;
}

/** Lines `cdb-ack: RULE DIGEST -- reason`, with `(until 2027-01-31)` on either side of the dashes. */
function trailersIn({ where, text }: AcknowledgingText): Candidate[] {
  const lines = [...text.slice(0, longestText).matchAll(/^[ \t>]*cdb-ack:[ \t]*(.+)$/gmu)];
  return lines.slice(0, mostTrailers).flatMap(([, said = '']) => {
    const read = readSuppression(said.trim());
    if ('fault' in read) return [];
    const [rule = '', digest = ''] = read.rules;
    const { reason, expires, owner } = read;
    return [
      {
        rule,
        digest,
        reason,
        ...(expires === undefined ? {} : { expires }),
        ...(owner === undefined ? {} : { owner }),
        span: startOf({ path: where, text: '' }),
        by: where,
      },
    ];
  });
}

// GitHub takes 65,536 characters for the text of a pull request.
const longestText = 100_000;
const mostTrailers = 1000;

function complaintOf(one: Candidate, rows: readonly ChangeRow[], today: string): Diagnostic[] {
  const { rule, digest, expires } = one;
  if (expires !== undefined && expires < today)
    return [
      complaint(one, 'acknowledgement-stale', `was valid until ${expires}`, 'write a new one, or remove it'),
    ];
  if (rows.some((row) => isGrave(row) && covers(one, row))) return [];
  const alike = rows.filter((row) => row.reason === rule && isGrave(row) && row.digest !== digest);
  const [other] = alike;
  if (other === undefined)
    return [complaint(one, 'acknowledgement-unused', 'this change has no such consequence', 'remove it')];
  const now = alike.length === 1 ? other.digest : `one of ${alike.map((row) => row.digest).join(', ')}`;
  return [
    complaint(one, 'acknowledgement-stale', `the consequence is now ${now}`, 'review the consequence again'),
  ];
}

/** Entries that the base has already, which acknowledge nothing again. */
function usedUp({ base, head }: Acknowledging): Diagnostic[] {
  const old = new Set(base.configuration.acknowledged.map(keyOf));
  return head.configuration.acknowledged
    .filter((one) => old.has(keyOf(one)))
    .map((one) => complaint(one, 'acknowledgement-stale', 'it was for an earlier change', 'remove it'));
}

function complaint(
  { rule, digest, span }: Acknowledgement,
  id: 'acknowledgement-stale' | 'acknowledgement-unused',
  why: string,
  help: string,
): Diagnostic {
  return {
    rule: id,
    severity: 'warning',
    message: `the acknowledgement of ${rule} ${digest} has no effect: ${why}`,
    help,
    span,
    related: [],
  };
}
