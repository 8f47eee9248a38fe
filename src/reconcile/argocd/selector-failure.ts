import { isMapping, isSequence, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';

/**
 * Why Argo CD cannot use a selector (applicationset/utils/selector.go of 3.6); that of clusters is one of labels, whose values are
 * checked as well.
 */
export function selectorFailure(selector: Value, isOfLabels = false): string | undefined {
  const pairs = valueAt(selector, ['matchLabels']);
  for (const key of isMapping(pairs) ? Object.keys(pairs) : []) {
    const refused = keyFailure(key) ?? (isOfLabels ? valueFailure(valueAt(pairs, [key])) : undefined);
    if (refused !== undefined) return refused;
  }
  const expressions = valueAt(selector, ['matchExpressions']);
  for (const one of isSequence(expressions) ? expressions : []) {
    const refused = expressionFailure(one, isOfLabels);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function expressionFailure(expression: Value, isOfLabels: boolean): string | undefined {
  const list = valueAt(expression, ['values']);
  const values = isSequence(list) ? list : [];
  const operator = valueText(valueAt(expression, ['operator']) ?? '');
  const key = valueText(valueAt(expression, ['key']) ?? '');
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) return `${operator} for ${key} has no values`;
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) return `${operator} for ${key} must have no values`;
      break;
    default:
      return `${operator} is not an operator`;
  }
  return (
    keyFailure(key) ?? (isOfLabels ? values.map(valueFailure).find((one) => one !== undefined) : undefined)
  );
}

const name = /^(?:[A-Za-z0-9][-\w.]{0,61})?[A-Za-z0-9]$/u;
const prefix = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/u;

/** Keys are qualified names, even where they name parameters. */
function keyFailure(key: string): string | undefined {
  const parts = key.split('/');
  const own = parts.at(-1) ?? '';
  const isFit =
    parts.length <= 2 &&
    name.test(own) &&
    (parts.length === 1 || (prefix.test(parts[0] ?? '') && (parts[0] ?? '').length <= 253));
  return isFit ? undefined : `"${key}" is not a label key`;
}

function valueFailure(value: Value | undefined): string | undefined {
  const text = valueText(value ?? '');
  return text === '' || name.test(text) ? undefined : `"${text}" is not a label value`;
}
