import type { AppliedBy } from '../configuration/configuration.ts';
import { areSame } from '../object/known-once.ts';
import { noCustomKinds } from '../schema/custom-kind.ts';
import { factsFor } from '../schema/facts.ts';
import type { Mapping } from '../source/value.ts';
import { type Admission, admitObject } from './admit.ts';
import { builtInPolicies, type PolicyChoice, thirdPartyPolicies } from './policy/built-in.ts';
import { evaluatePolicies } from './policy/evaluate.ts';
import { resolveParams } from './policy/params.ts';
import type { CompiledPolicy } from './policy/policy.ts';
import { maySpend, type OwnersSpending, type RunBudgets, type Spending, spend } from './policy/run-budget.ts';
import type { PolicyViolation } from './policy/violation.ts';
import { policyParts } from './said-of-contents.ts';

/** What is asked of the content of an object that Kubernetes alone defines; plain data, so that anyone can answer it. */
export type ContentQuestion = AdmissionQuestion | PolicyQuestion;

interface AdmissionQuestion {
  readonly ask: 'admission';
  readonly object: Mapping;
  readonly appliedBy: AppliedBy;
  readonly isLoose: boolean;
  readonly hasPlaceholders: boolean;
  readonly kubernetesVersions: readonly string[];
}

interface PolicyQuestion {
  readonly ask: 'policies';
  readonly object: Mapping;
  readonly list: ListName;
  readonly kubernetesVersion: string;
  readonly isApplied: boolean;
  readonly namespaceObject: Mapping | undefined;
}

export type ContentAnswer = readonly Admission[] | readonly PolicyViolation[];

/** An answer, and what the policies of the list have spent on it, in this order. */
export interface Answered {
  readonly answer: ContentAnswer;
  readonly spent: readonly PlacedSpending[];
}

interface PlacedSpending extends Spending {
  /** Of the policy in its list. */
  readonly place: number;
}

const listNames = ['own named', 'own unnamed', 'third-party named', 'third-party unnamed'] as const;
/** Policies of the catalogue as a choice has them where the repository brings neither policies nor parameters. */
export type ListName = (typeof listNames)[number];

/** The policies of a choice, for whoever has nothing but the catalogue. */
export function cataloguePolicies(choice: PolicyChoice): readonly CompiledPolicy[] {
  return unresolved(builtInPolicies(choice));
}

function unresolved(policies: readonly CompiledPolicy[]): readonly CompiledPolicy[] {
  return policies.map((policy) => resolveParams(policy, { own: [], elsewhere: [] }));
}

/** The lists that a choice of policies comes to, for whoever has nothing but the catalogue. */
export function catalogueLists(choice: PolicyChoice): Readonly<Record<ListName, readonly CompiledPolicy[]>> {
  const own = policyParts(cataloguePolicies(choice));
  const theirs = policyParts(unresolved(thirdPartyPolicies(choice)));
  return {
    'own named': own.named,
    'own unnamed': own.unnamed,
    'third-party named': theirs.named,
    'third-party unnamed': theirs.unnamed,
  };
}

/** Which of these lists one is; undefined for one that something of the repository has a part in. */
export function listNameOf(
  policies: readonly CompiledPolicy[],
  lists: ReturnType<typeof catalogueLists>,
): ListName | undefined {
  return listNames.find((name) => areSame(lists[name], policies));
}

/** Answers as whoever asks would, who counts what was spent; undefined where that cannot be told, or a budget was reached. */
export function answerQuestion(
  question: ContentQuestion,
  lists: ReturnType<typeof catalogueLists>,
  budgets: RunBudgets,
): Answered | undefined {
  const log: OwnersSpending[] = [];
  const own = { ...budgets, log };
  const answer = answerTo(question, lists, own);
  budgets.mostOfOne = own.mostOfOne;
  budgets.costly = own.costly;
  if (!maySpend(own, [])) return undefined;
  const policies = question.ask === 'policies' ? lists[question.list] : [];
  const spent = log.map(({ owner, ...spending }) => ({
    ...spending,
    place: policies.findIndex(({ object }) => object === owner),
  }));
  return spent.some(({ place }) => place < 0) ? undefined : { answer, spent };
}

/** Counts what an answer has cost; false, and nothing is counted, where a budget might be reached on the way. */
export function spendAgain(
  budgets: RunBudgets,
  spent: Answered['spent'],
  policies: readonly CompiledPolicy[],
): boolean {
  const owners = spent.map(({ place }) => policies[place]?.object);
  if (!maySpend(budgets, spent) || owners.includes(undefined)) return false;
  for (const [index, { cost, isExceeded }] of spent.entries())
    spend(budgets, owners[index] as object, cost, isExceeded);
  return true;
}

function answerTo(
  question: ContentQuestion,
  lists: ReturnType<typeof catalogueLists>,
  budgets: RunBudgets,
): ContentAnswer {
  const { object } = question;
  if (question.ask === 'admission') {
    const { kubernetesVersions, ...rest } = question;
    return kubernetesVersions.map((kubernetesVersion) =>
      admitObject(object, { ...rest, kubernetesVersion, customKinds: noCustomKinds, budgets }),
    );
  }
  const { list, kubernetesVersion, isApplied, namespaceObject } = question;
  const request = {
    operation: 'CREATE' as const,
    object,
    kinds: { facts: factsFor(kubernetesVersion), customKinds: noCustomKinds },
    isApplied,
    ...(namespaceObject === undefined ? {} : { namespaceObject }),
  };
  return evaluatePolicies(lists[list], request, budgets);
}
