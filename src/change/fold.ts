import { grouped } from '../diagnostic/grouped.ts';
import { inventoryKey } from '../reconcile/cluster.ts';
import { lineOf } from './cause.ts';
import { isBelow } from './consequence/consequence.ts';
import type { Edits } from './edits.ts';
import type { Effect } from './effect.ts';
import { reasonIds } from './reasons.ts';
import { rank } from './severity.ts';

/** Effects that are told by themselves, and those that are told along with one of them. */
export interface Folded {
  readonly mains: readonly Effect[];
  readonly along: (main: Effect) => readonly Effect[];
}

/**
 * Of all that one edited line does to one object of a cluster the gravest is told, and the rest along with it. So is the plain change
 * of a field, on another line of the same edit, next to what follows from that field, and the deletion of an owner next to that of what it
 * applied.
 */
export function foldEffects(effects: readonly Effect[], edits: Edits): Folded {
  const tellers = new Map<Effect, Effect>();
  for (const ofObject of grouped(effects, objectKey).values()) {
    if (ofObject.length === 1) continue;
    for (const ofLine of grouped(ofObject, placeKey).values()) tellByLine(ofLine, tellers);
    tellByField(
      ofObject.filter((one) => !tellers.has(one)),
      tellers,
      edits,
    );
  }
  tellByOwner(effects, tellers);
  const tellerOf = (one: Effect): Effect => {
    const teller = tellers.get(one);
    return teller === undefined ? one : tellerOf(teller);
  };
  const told = new Map([...tellers.values()].map((one) => [tellerOf(one), [] as Effect[]]));
  for (const one of tellers.keys()) told.get(tellerOf(one))?.push(one);
  return { mains: effects.filter((one) => !tellers.has(one)), along: (main) => told.get(main) ?? [] };
}

type Tellers = Map<Effect, Effect>;

function tellByLine(ofLine: readonly Effect[], tellers: Tellers): void {
  const [main, ...rest] = ofLine.toSorted(compareEffects) as [Effect, ...Effect[]];
  for (const one of rest) if (rowKey(one) !== rowKey(main)) tellers.set(one, main);
}

function tellByField(ofObject: readonly Effect[], tellers: Tellers, edits: Edits): void {
  const following = ofObject.filter(({ reason }) => !plainReasons.has(reason));
  if (following.length === 0) return;
  for (const plain of ofObject.filter(({ reason }) => plainReasons.has(reason))) {
    const main = following.find((one) => followsFrom(one, plain, edits));
    if (main !== undefined) tellers.set(plain, main);
  }
}

function tellByOwner(effects: readonly Effect[], tellers: Tellers): void {
  const deleted = new Map<string, Effect>();
  for (const one of effects) {
    const { declaration } = one.held.owner;
    if (one.reason === 'owner-deleted' && declaration !== undefined)
      deleted.set(`${one.cluster.key} ${inventoryKey(declaration)}`, one);
  }
  if (deleted.size === 0) return;
  for (const one of effects) {
    const main = one.reason === 'pruned' ? deleted.get(objectKey(one)) : undefined;
    if (main !== undefined && !tellers.has(one)) tellers.set(one, main);
  }
}

/** What happens to any object that is edited or new, whatever else follows. */
const plainReasons: ReadonlySet<Effect['reason']> = new Set(['updated', 'created', 'restarts']);

function objectKey({ cluster, held }: Effect): string {
  return `${cluster.key} ${inventoryKey(held.resource)}`;
}

function placeKey({ cause }: Effect): string {
  return cause === undefined ? '' : JSON.stringify(lineOf(cause));
}

function rowKey({ reason, headline = '' }: Effect): string {
  return JSON.stringify([reason, headline]);
}

/** What says most first. */
function compareEffects(a: Effect, b: Effect): number {
  return (
    weight(a) - weight(b) ||
    rank(a.severity) - rank(b.severity) ||
    reasonIds.indexOf(a.reason) - reasonIds.indexOf(b.reason)
  );
}

/** The smaller, the more it says: where a policy refuses the deletion, there is none, and what merely restarts has something that follows. */
function weight({ reason, severity }: Effect): number {
  if (reason === 'deletion-refused') return 0;
  if (severity === 'silent') return 3;
  const isPlain = plainReasons.has(reason) || (reason === 'pruned' && severity === 'changes');
  return isPlain ? 2 : 1;
}

function followsFrom(main: Effect, plain: Effect, edits: Edits): boolean {
  if (main.severity === 'silent') return false;
  const [fields, own] = [main.fields ?? [], plain.fields ?? []];
  const isAbout = own.every((path) => fields.some((one) => isBelow(path, one) || isBelow(one, path)));
  return own.length > 0 && isAbout && isOneEdit(main, plain, edits);
}

function isOneEdit({ cause: a }: Effect, { cause: b }: Effect, edits: Edits): boolean {
  if (a === undefined || b === undefined || a.span.file.path !== b.span.file.path) return false;
  const edit = edits.editOf(a.revision, a.span);
  return edit !== undefined && edit === edits.editOf(b.revision, b.span);
}
