import { isPlainDifference, madeAlike } from '../admit/plain-difference.ts';
import type { States } from '../admit/update/stored.ts';
import { areSame } from '../object/known-once.ts';
import { notedByParts } from '../object/noted-by-parts.ts';
import { differences } from '../source/differences.ts';
import { type Mapping, type Path, valueAt } from '../source/value.ts';

/** What an update is made of: what was applied before, what is applied now, and what a server makes of both. */
interface Played {
  readonly states: States;
}

/** Knows an update for all that differ from it where no server looks closely, as those of the overlays of one base do. */
export type UpdatesAlike<Update extends Played> = (
  sent: States,
  world: readonly unknown[],
  find: () => Update,
) => Update;

interface Known<Update> {
  readonly sent: States;
  readonly world: readonly unknown[];
  readonly update: Update;
}

/** More than names, images and what else an overlay sets. */
const mostDifferences = 40;

/** Remembers updates of which `isPlain` holds: that tell nothing of their texts but that these differ or do not. */
export function newUpdatesAlike<Update extends Played>(
  isPlain: (update: Update) => boolean,
): UpdatesAlike<Update> {
  const lately = notedByParts<Known<Update>>();
  return (sent, world, find) => {
    const near = lately.of(sent.next);
    const states = near !== undefined && areSame(near.world, world) ? statesLike(near, sent) : undefined;
    if (near !== undefined && states !== undefined) return { ...near.update, states };
    const update = find();
    if (isPlain(update)) lately.note(sent.next, { sent, world, update });
    return update;
  };
}

/** What a server makes of an update that differs from a known one in plain texts alone, and changes what that changes. */
function statesLike({ sent, update }: Known<Played>, { old, next }: States): States | undefined {
  const ofOld = plainDifferences(sent.old, old);
  const ofNext = plainDifferences(sent.next, next);
  if (ofOld === undefined || ofNext === undefined) return undefined;
  const changes = (from: States, path: Path): boolean => valueAt(from.old, path) !== valueAt(from.next, path);
  const isAlike = [...ofOld, ...ofNext].every((path) => changes(sent, path) === changes({ old, next }, path));
  if (!isAlike) return undefined;
  const [before, after] = [
    madeAlike(update.states.old, sent.old, old, ofOld),
    madeAlike(update.states.next, sent.next, next, ofNext),
  ];
  return before === undefined || after === undefined ? undefined : { old: before, next: after };
}

function plainDifferences(one: Mapping, other: Mapping): readonly Path[] | undefined {
  const paths = differences(one, other, mostDifferences);
  return paths !== undefined && isPlainDifference(one, other, paths) ? paths : undefined;
}
