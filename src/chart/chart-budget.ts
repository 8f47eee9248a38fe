import type { Sources } from '../source/load.ts';
import type { TemplateBudget } from '../template/value/model.ts';

const maximumSteps = 10_000_000;
const maximumLength = 50_000_000;
/** A repository may have as many more in all its charts as it has bytes for. */
const stepsForByte = 10;
const charactersForByte = 100;

interface Whole {
  readonly budget: { steps: number; length: number };
  bytes: number;
}

const known = new WeakMap<Sources, Whole>();

/** What the templates of one chart may cost: never more than what all charts of the run leave, which are rendered again for each use. */
export function chartBudget(sources?: Sources): TemplateBudget {
  if (sources === undefined) return { steps: maximumSteps, length: maximumLength };
  const whole = known.get(sources) ?? {
    budget: { steps: maximumSteps, length: maximumLength },
    bytes: 0,
  };
  known.set(sources, whole);
  const { budget } = whole;
  const more = sources.counts.bytes - whole.bytes;
  whole.bytes += more;
  budget.steps += more * stepsForByte;
  budget.length += more * charactersForByte;
  return {
    steps: Math.min(maximumSteps, budget.steps),
    length: Math.min(maximumLength, budget.length),
    whole: budget,
  };
}
