import type { Resource } from '../object/resource.ts';
import type { RuleProblem } from '../object/rule-problem.ts';
import type { Path } from '../source/value.ts';

/** Advice that holds for many objects of a cluster, told once: at the first, with some of the others beside it. */
export function toldOnce(
  found: readonly Resource[],
  of: number,
  words: { readonly path: Path; readonly message: (count: string) => string; readonly help: string },
): RuleProblem[] {
  const [first, ...more] = found;
  if (first === undefined) return [];
  const count = of === 1 ? '' : found.length === of ? `all ${of} ` : `${found.length} of ${of} `;
  return [
    {
      at: [first, ...words.path],
      message: words.message(count),
      help: words.help,
      related: more.slice(0, 5).map((resource) => ({ at: [resource, ...words.path], message: 'also here' })),
    },
  ];
}
