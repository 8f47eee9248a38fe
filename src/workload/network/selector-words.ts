import { nearestName } from '../../diagnostic/closest-word.ts';
import { missingPairs } from '../../object/label-match.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';

/** Whether a LabelSelector asks for nothing, and so matches everything. */
export function isEmptySelector(selector: Mapping): boolean {
  const { matchLabels, matchExpressions } = selector;
  const isPlain = !isMapping(matchLabels) || Object.keys(matchLabels).length === 0;
  return isPlain && (!isSequence(matchExpressions) || matchExpressions.length === 0);
}

/** A LabelSelector as kubectl writes it: `app=web,tier in (front, back)`. */
export function selectorWords(selector: Mapping): string {
  const { matchLabels, matchExpressions } = selector;
  const pairs = isMapping(matchLabels)
    ? Object.keys(matchLabels).map((key) => `${key}=${valueText(matchLabels[key])}`)
    : [];
  const others = isSequence(matchExpressions) ? matchExpressions.map(requirementWords) : [];
  return [...pairs, ...others].join(',');
}

/** Whether a selector asks for a label that only a controller or an operator writes on pods while they run. */
export function asksForRunTimeLabels(selector: Mapping): boolean {
  const { matchLabels, matchExpressions } = selector;
  const keys = [
    ...(isMapping(matchLabels) ? Object.keys(matchLabels) : []),
    ...(isSequence(matchExpressions)
      ? matchExpressions.flatMap((one) => (isMapping(one) ? valueText(one['key']) : []))
      : []),
  ];
  return keys.some((key) => runTimeLabels.test(key));
}

// Job, stateful set and deployment controllers; certificate solvers and functions; the roles that Patroni and others give their pods.
const runTimeLabels =
  /^(?:.*job-name|.*controller-uid|pod-template-hash|controller-revision-hash|.*pod-name|.*(?:pod|completion)-index|acme\.cert-manager\.io\/.*|.*serving\.knative\.dev\/.*|.*role|.*primary|.*leader|.*master)$/iu;

/** `there is app=web`, where one pair is misspelled. */
export function nearestPair(selector: Mapping, labelled: readonly Mapping[]): string | undefined {
  const { matchLabels } = selector;
  if (!isMapping(matchLabels)) return undefined;
  for (const labels of labelled) {
    const [key, ...more] = missingPairs(matchLabels, labels);
    const has = key === undefined ? undefined : labels[key];
    if (key === undefined || more.length > 0 || typeof has !== 'string') continue;
    if (nearestName(valueText(matchLabels[key]), [has]) !== undefined) return `there is ${key}=${has}`;
  }
  return undefined;
}

function requirementWords(requirement: Value): string {
  if (!isMapping(requirement)) return '';
  const { key, operator, values } = requirement;
  const listed = isSequence(values) ? ` (${values.map(valueText).join(', ')})` : '';
  return `${valueText(key)} ${valueText(operator)}${listed}`;
}
