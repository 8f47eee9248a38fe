import { questionDigest } from '../admit/content-digest.ts';
import { type Answered, answerQuestion, catalogueLists } from '../admit/content-question.ts';
import { maySpend, newRunBudgets } from '../admit/policy/run-budget.ts';
import type { AskedOfHelpers, Crew, ToldByHelper } from './crew.ts';

/** What API server and policies say of contents, by the digests of the questions, as plain JSON. */
export interface CarriedAnswers {
  readonly answers: readonly (readonly [digest: string, answered: Answered])[];
}

/** Answers questions for another machine. Where a text must not leave, or an answer is no plain JSON, whoever asks finds it out again. */
export function carryAnswers(
  { choice, questions }: Pick<AskedOfHelpers, 'choice' | 'questions'>,
  mayWrite: (text: string) => boolean,
): CarriedAnswers {
  const lists = catalogueLists(choice);
  const budgets = newRunBudgets();
  const answers = questions.flatMap((question) => {
    const { object } = question;
    // The digest of a secret would be a way to try out what it is.
    if (object['kind'] === 'Secret' || !isPlain(object, mayWrite)) return [];
    const answered = maySpend(budgets, []) ? answerQuestion(question, lists, budgets) : undefined;
    if (answered === undefined || !isPlain(answered.answer, mayWrite)) return [];
    return [[questionDigest(question, choice), answered] as const];
  });
  return { answers };
}

/** Answers as others gave them, each by its place; nobody is waited for. */
export function crewOfAnswers(carried: readonly CarriedAnswers[]): Crew {
  const known = new Map(carried.flatMap(({ answers }) => answers));
  const told = new Set<number>();
  const heard: ToldByHelper[] = [];
  return {
    mayGuess: false,
    ask({ choice, first, questions }) {
      for (const [place, question] of questions.entries()) {
        const answered = known.get(questionDigest(question, choice));
        if (answered === undefined) continue;
        told.add(first + place);
        heard.push({ question: first + place, answered });
      }
    },
    begin: (question) => !told.has(question),
    hear: () => heard.splice(0),
    wait: () => false,
  };
}

/** Whether a value comes out of JSON as it went in, and no text of it must stay. */
function isPlain(value: unknown, mayWrite: (text: string) => boolean): boolean {
  if (typeof value === 'string') return mayWrite(value);
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object') return typeof value === 'boolean';
  if (value === null) return true;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, mayWrite));
  return Object.entries(value).every(([key, part]) => mayWrite(key) && isPlain(part, mayWrite));
}
