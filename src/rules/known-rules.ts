import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Build } from '../object/build.ts';
import { areSame, knownOnce } from '../object/known-once.ts';
import { type Inquiry, openInquiry } from '../source/inquiry.ts';
import type { Surroundings } from '../workload/surroundings.ts';
import type { Rule } from './rule.ts';

/** Judges a build by a rule, or takes what the rule found of the very build where all that it asked of its surroundings is the same. */
export type KnownOfRules = (
  rule: Rule,
  build: Build,
  context: Surroundings,
  judge: (context: Surroundings) => Diagnostic[],
) => readonly Diagnostic[];

/** What surroundings answered; of the sources, each question by itself. */
interface Asked {
  readonly answers: ReadonlyMap<keyof Surroundings, unknown>;
  readonly inquiry?: Inquiry | undefined;
}

interface Remembered {
  /** All that there was to ask. */
  readonly keys: readonly string[];
  readonly asked: Asked;
  readonly diagnostics: readonly Diagnostic[];
}

/** For runs of one memory; rules say the same of the same. */
export function newKnownOfRules(): KnownOfRules {
  const known = new WeakMap<Build, Map<Rule, Remembered>>();
  const notedOf = knownOnce(noteQuestions);
  return (rule, build, context, judge) => {
    const ofBuild = known.get(build) ?? new Map<Rule, Remembered>();
    known.set(build, ofBuild);
    const remembered = ofBuild.get(rule);
    if (remembered !== undefined && holdsFor(remembered, context)) return remembered.diagnostics;
    const noted = notedOf(context);
    const diagnostics = judge(noted.context);
    ofBuild.set(rule, { keys: Object.keys(context), asked: noted.take(), diagnostics });
    return diagnostics;
  };
}

function holdsFor({ keys, asked }: Remembered, context: Surroundings): boolean {
  if (!areSame(keys, Object.keys(context))) return false;
  if (asked.inquiry?.holdsFor(context.sources) === false) return false;
  return [...asked.answers].every(([key, answer]) => {
    const now = context[key];
    return now === answer || (Array.isArray(now) && Array.isArray(answer) && areSame(now, answer));
  });
}

/** Surroundings that note down what is asked of them, and what it was since the last time. */
function noteQuestions(context: Surroundings): {
  readonly context: Surroundings;
  take(): Asked;
} {
  let answers = new Map<keyof Surroundings, unknown>();
  let inquiry: Inquiry | undefined;
  const noting = new Proxy(context, {
    get(target, key: keyof Surroundings) {
      if (key === 'sources') {
        inquiry ??= openInquiry(target.sources);
        return inquiry.sources;
      }
      answers.set(key, target[key]);
      return target[key];
    },
  });
  return {
    context: noting,
    take() {
      const taken = { answers, inquiry };
      answers = new Map();
      inquiry = undefined;
      return taken;
    },
  };
}
