import { answerQuestion, catalogueLists } from '../admit/content-question.ts';
import { maySpend, newRunBudgets } from '../admit/policy/run-budget.ts';
import { isMapping, isSequence, type Mapping, newMapping, type Value } from '../source/value.ts';
import type { AskedOfHelpers, Helper } from './crew.ts';

/** Answers what nobody has begun, the last first: the run itself begins with the first. */
export function answerAhead({ choice, first, questions }: AskedOfHelpers, helper: Helper): void {
  const lists = catalogueLists(choice);
  const budgets = newRunBudgets();
  const remade = remaker();
  const start = Math.ceil((helper.place / helper.size) * questions.length);
  for (let turn = 1; turn <= questions.length; turn++) {
    const place = (start - turn + questions.length) % questions.length;
    const number = first + place;
    const question = questions[place];
    if (question === undefined || !helper.begin(number)) continue;
    const object = remade(question.object);
    const around = question.ask === 'policies' ? question.namespaceObject : undefined;
    const answered = answerQuestion(
      { ...question, object, ...(around === undefined ? {} : { namespaceObject: remade(around) }) },
      lists,
      budgets,
    );
    helper.tell({ question: number, answered });
    if (!maySpend(budgets, [])) return;
  }
}

/** What comes from another thread is made of objects that inherit; values inherit nothing. Each is made once. */
function remaker(): (mapping: Mapping) => Mapping {
  const known = new Map<Mapping, Mapping>();
  const remadeValue = (value: Value): Value => {
    if (isSequence(value)) return value.map(remadeValue);
    return isMapping(value) ? remadeMapping(value) : value;
  };
  const remadeMapping = (mapping: Mapping): Mapping => {
    const made = newMapping();
    for (const [key, value] of Object.entries(mapping)) made[key] = remadeValue(value);
    return made;
  };
  return (mapping) => {
    const made = known.get(mapping) ?? remadeMapping(mapping);
    known.set(mapping, made);
    return made;
  };
}
