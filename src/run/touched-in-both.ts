import { isBelow } from '../source/path.ts';
import { type Unit, unitKey } from '../survey/unit.ts';
import type { RunJudgement } from './judge.ts';

/**
 * The touched files, and a file of each entry point that only one revision chose by them: what both have is judged in both, or its
 * findings would be new or gone. Undefined where everything is to be judged, because a configuration is among them.
 */
export function touchedInBoth(
  base: RunJudgement,
  head: RunJudgement,
  touched: readonly string[],
): readonly string[] | undefined {
  const isSettings = [base, head].some(({ configuration: { file = '' } }) => touched.includes(file));
  if (isSettings) return undefined;
  return [...new Set([...touched, ...chosenAlone(base, head), ...chosenAlone(head, base)])];
}

function chosenAlone(one: RunJudgement, { tree, sources }: RunJudgement): string[] {
  const chosen = new Set(tree.units.map(({ id }) => unitKey(id)));
  const isThere = (path: string): boolean => sources.fileSystem.kind(path) === 'file';
  return one.tree.units.flatMap((unit) =>
    chosen.has(unitKey(unit.id)) ? [] : (ownFile(unit, isThere) ?? []),
  );
}

/** A file by which the other revision chooses the unit as well, of its own directory rather than of what others read too. */
function ownFile({ id, build }: Unit, isThere: (path: string) => boolean): string | undefined {
  const known = build.inputs.filter(isThere);
  return known.find((path) => isBelow(path, id.root)) ?? known[0];
}
