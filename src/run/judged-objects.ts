import type { Resource } from '../object/resource.ts';
import type { Coverage } from '../report/report.ts';
import type { Value } from '../source/value.ts';
import type { Verdict } from './verdict.ts';

/**
 * How many objects are known, and how many of them were judged in full: in a complete build, with a schema and rules, decoded,
 * and with every value known. What is deployed and not rendered counts as one object that nobody judged, and so does a
 * build that failed.
 */
export function judgedObjects(
  verdicts: readonly Verdict[],
  {
    objects,
    notRendered = [],
    unresolvedVariables = [],
  }: Pick<Coverage, 'objects' | 'notRendered' | 'unresolvedVariables'>,
): Pick<Coverage, 'objectsKnown' | 'objectsJudged'> {
  const counts = verdicts.map(
    ({ unit: { build, hasPlaceholders, whole }, undecoded, schemaless, ruleless }) => {
      if (!build.complete && whole === undefined) return 0;
      const partly = new Set([...undecoded, ...schemaless, ...ruleless]);
      const unknown = hasPlaceholders ? unresolvedVariables : [];
      const isWhole = (one: Resource): boolean => whole === undefined || whole.has(one);
      return build.resources.filter(
        (one) => isWhole(one) && !partly.has(one) && !mentions(one.object, unknown),
      ).length;
    },
  );
  const failed = verdicts.filter(({ unit: { build } }) => !build.complete && build.resources.length === 0);
  return {
    objectsKnown: objects + notRendered.length + failed.length,
    objectsJudged: counts.reduce((sum, count) => sum + count, 0),
  };
}

function mentions(value: Value, variables: readonly string[]): boolean {
  if (variables.length === 0) return false;
  if (typeof value === 'string') return variables.some((name) => value.includes(`\${${name}`));
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((part) => mentions(part as Value, variables));
}
