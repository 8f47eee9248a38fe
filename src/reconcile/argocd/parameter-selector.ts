import { isMapping, isSequence, type Mapping, newMapping, type Value, valueAt } from '../../source/value.ts';
import { printValue } from '../../template/print.ts';

/** Nested parameters as `a.b` and `a.0`, each a text (flatten.DotStyle). */
export function flattenParameters(mapping: Mapping): Mapping {
  const flat = newMapping();
  const visit = (value: Value, name: string, depth: number): void => {
    const parts: [string, Value][] = isMapping(value)
      ? Object.keys(value).map((key) => [key, value[key] ?? null])
      : isSequence(value)
        ? value.map((item, index) => [String(index), item])
        : [];
    if (depth < 20 && typeof value === 'object' && value !== null)
      for (const [key, part] of parts) visit(part, name === '' ? key : `${name}.${key}`, depth + 1);
    else if (name !== '') flat[name] = typeof value === 'string' ? value : printValue(value);
  };
  visit(mapping, '', 0);
  return flat;
}

/** Whether a label selector matches labels, or parameters taken for labels. */
export function matchesSelector(selector: Value | undefined, labels: Mapping): boolean {
  const wanted = valueAt(selector, ['matchLabels']);
  const expressions = valueAt(selector, ['matchExpressions']);
  const hasLabels =
    !isMapping(wanted) ||
    Object.keys(wanted).every(
      (key) => labels[key] !== undefined && String(labels[key]) === String(wanted[key]),
    );
  return (
    hasLabels && (!isSequence(expressions) || expressions.every((one) => matchesExpression(one, labels)))
  );
}

function matchesExpression(expression: Value, labels: Mapping): boolean {
  const own = labels[String(valueAt(expression, ['key']))];
  const values = valueAt(expression, ['values']);
  const isAmong = isSequence(values) && own !== undefined && values.map(String).includes(String(own));
  switch (valueAt(expression, ['operator'])) {
    case 'In':
      return isAmong;
    case 'NotIn':
      return !isAmong;
    case 'Exists':
      return own !== undefined;
    case 'DoesNotExist':
      return own === undefined;
    default:
      return false;
  }
}
