import {
  type Answered,
  type ContentQuestion,
  catalogueLists,
  listNameOf,
  spendAgain,
} from '../admit/content-question.ts';
import type { CompiledPolicy } from '../admit/policy/policy.ts';
import type { RunBudgets } from '../admit/policy/run-budget.ts';
import { newSaidOfContents, type SaidOfContents } from '../admit/said-of-contents.ts';
import type { AppliedBy } from '../configuration/configuration.ts';
import { areSame, knownBeside, knownOnce } from '../object/known-once.ts';
import { shapeNumber } from '../source/differences.ts';
import type { Mapping } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { type AskedOfHelpers, type Crew, mostQuestions } from './crew.ts';
import { policyChoice } from './policy-choice.ts';
import type { Run } from './run.ts';

type QuestionOf = (object: Mapping, beside: readonly unknown[]) => ContentQuestion | undefined;

/** What is going to be asked, and how to know it again. */
export interface Questions extends Omit<AskedOfHelpers, 'first'> {
  /** Where the first objects of a content are known. */
  readonly contents: SaidOfContents;
  readonly ofPolicies: QuestionOf;
  numberOf(question: ContentQuestion): number | undefined;
  /** Whether an object is among the first of its shape: of the others a run knows soon what differs, and is quicker than a helper. */
  isWorthAsking(object: Mapping): boolean;
  /** Notes down what is asked of contents, as far as anyone can answer it. */
  collect(ask: (contents: SaidOfContents) => void): void;
}

export function openQuestions({ configuration, options }: Pick<Run, 'configuration' | 'options'>): Questions {
  const { parameters, ...choice } = policyChoice(configuration, options);
  // Parameters of the configuration make policies of their own.
  const lists = (parameters?.size ?? 0) > 0 ? undefined : catalogueLists(choice);
  const nameOf = knownOnce((part: readonly CompiledPolicy[]) => ({
    name: lists === undefined ? undefined : listNameOf(part, lists),
  }));
  const ofPolicies: QuestionOf = (object, [part, version, isApplied, kinds, around]) => {
    const { name } = nameOf(part as readonly CompiledPolicy[]);
    if (name === undefined || kinds !== undefined) return undefined;
    return {
      ask: 'policies',
      object,
      list: name,
      kubernetesVersion: version as string,
      isApplied: isApplied as boolean,
      namespaceObject: around as Mapping | undefined,
    };
  };
  const contents = newSaidOfContents();
  const asked = newAsked();
  return {
    choice,
    contents,
    ofPolicies,
    questions: asked.questions,
    numberOf: asked.numberOf,
    isWorthAsking: firstOfShapes(),
    collect(ask) {
      ask({
        ...contents,
        admissions: (object, beside) => noted(asked, admissionQuestion(object, beside)),
        violations: (object, beside) => noted(asked, ofPolicies(object, beside)),
        violationsOfOwn: () => [],
        violationsBesideNames: knownBeside(4),
      });
    },
  };
}

const mostOfShape = 16;

function firstOfShapes(): Questions['isWorthAsking'] {
  const counts = new Map<string, number>();
  return knownOnce((object: Mapping) => {
    const shape = `${valueText(object['apiVersion'])} ${valueText(object['kind'])} ${shapeNumber(object)}`;
    const count = 1 + (counts.get(shape) ?? 0);
    counts.set(shape, count);
    return count <= mostOfShape;
  });
}

/** Asks helpers what was noted since the last time. */
export function sendQuestions({ choice, questions }: Questions, crew: Crew): (least?: number) => void {
  let first = 0;
  return (least = 1) => {
    if (questions.length - first < least) return;
    crew.ask({ choice, first, questions: questions.slice(first) });
    first = questions.length;
  };
}

/**
 * Takes what helpers answer, and finds out the rest. An answer is counted as if it were found out here; where a budget may be reached, none
 * is taken, so that how far the budget reaches does not depend on who answered what.
 */
export function answersOf(
  { contents, ofPolicies, numberOf }: Questions,
  crew: Crew,
  budgets: RunBudgets,
): SaidOfContents {
  const answers = newAnswers(crew);
  const answerTo = (
    question: ContentQuestion | undefined,
    policies: readonly CompiledPolicy[],
  ): Answered['answer'] | undefined => {
    const number = question === undefined ? undefined : numberOf(question);
    const answered = number === undefined ? undefined : answers.answerTo(number);
    if (answered === undefined) return undefined;
    return spendAgain(budgets, answered.spent, policies) ? answered.answer : undefined;
  };
  return {
    ...contents,
    admissions: (object, beside, find) =>
      contents.admissions(
        object,
        beside,
        () => (answerTo(admissionQuestion(object, beside), []) as ReturnType<typeof find>) ?? find(),
      ),
    violations: (object, beside, find) =>
      contents.violations(object, beside, () => {
        const policies = beside[0] as readonly CompiledPolicy[];
        return (answerTo(ofPolicies(object, beside), policies) as ReturnType<typeof find>) ?? find();
      }),
  };
}

const admissionQuestion: QuestionOf = (
  object,
  [appliedBy, isLoose, hasPlaceholders, kinds, ...kubernetesVersions],
) =>
  kinds === undefined
    ? {
        ask: 'admission',
        object,
        appliedBy: appliedBy as AppliedBy,
        isLoose: isLoose as boolean,
        hasPlaceholders: hasPlaceholders as boolean,
        kubernetesVersions: kubernetesVersions as string[],
      }
    : undefined;

interface Asked {
  readonly questions: ContentQuestion[];
  numberOf(question: ContentQuestion): number | undefined;
}

/** Questions by their objects, which are the first of their content. */
function newAsked(): Asked & { add(question: ContentQuestion): void } {
  const questions: ContentQuestion[] = [];
  const byObject = new Map<Mapping, number[]>();
  const numberOf = (question: ContentQuestion): number | undefined =>
    byObject.get(question.object)?.find((number) => isSameQuestion(questions[number], question));
  return {
    questions,
    numberOf,
    add(question) {
      if (questions.length === mostQuestions || numberOf(question) !== undefined) return;
      const numbers = byObject.get(question.object) ?? [];
      byObject.set(question.object, [...numbers, questions.push(question) - 1]);
    },
  };
}

function noted(asked: { add(question: ContentQuestion): void }, question: ContentQuestion | undefined): [] {
  if (question !== undefined) asked.add(question);
  return [];
}

function isSameQuestion(one: ContentQuestion | undefined, other: ContentQuestion): boolean {
  if (one === undefined) return false;
  if (one.ask === 'admission')
    return other.ask === 'admission' && areSame(partsOfAdmission(one), partsOfAdmission(other));
  return other.ask === 'policies' && areSame(partsOfPolicies(one), partsOfPolicies(other));
}

function partsOfAdmission(question: Extract<ContentQuestion, { ask: 'admission' }>): unknown[] {
  const { object, appliedBy, isLoose, hasPlaceholders, kubernetesVersions } = question;
  return [object, appliedBy, isLoose, hasPlaceholders, ...kubernetesVersions];
}

function partsOfPolicies(question: Extract<ContentQuestion, { ask: 'policies' }>): unknown[] {
  const { object, list, kubernetesVersion, isApplied, namespaceObject } = question;
  return [object, list, kubernetesVersion, isApplied, namespaceObject];
}

/** What helpers told; where one has begun a question, it is waited for. */
function newAnswers(crew: Crew): { answerTo(question: number): Answered | undefined } {
  const told = new Map<number, Answered | undefined>();
  const hear = (): void => {
    for (const { question, answered } of crew.hear()) told.set(question, answered);
  };
  return {
    answerTo(question) {
      if (crew.begin(question)) return undefined;
      for (hear(); !told.has(question) && crew.wait(); ) hear();
      return told.get(question);
    },
  };
}
