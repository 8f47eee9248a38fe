import { textAt } from '../object/object-field.ts';
import { hasToken, openWordIn } from '../object/open-word.ts';
import type { Resource } from '../object/resource.ts';
import { hasAction } from '../source/enclosed.ts';
import { isMapping, isSequence, itemsAt, type Path, type Value, valueAt } from '../source/value.ts';

const maximumDepth = 16;

// What names an entry point, and what it applies.
const naming: readonly Path[] = [
  ['metadata', 'name'],
  ['spec', 'path'],
  ['spec', 'url'],
  ['spec', 'source', 'path'],
  ['spec', 'source', 'repoURL'],
];

/** The addresses among them: no repository has an action of Jinja or Go in its address. */
const addresses: readonly Path[] = [
  ['spec', 'url'],
  ['spec', 'source', 'repoURL'],
];

/**
 * Whether an entry point or a source is a template with words such as `<CLUSTER_NAME>` or `CHANGE_ME`, with an action for its address, or
 * with keys whose values are to be written, so that nobody applies it as it is.
 */
export function isToFillIn({ object }: Resource): boolean {
  if (naming.filter((path) => isLeftEmpty(valueAt(object, path))).length > 1) return true;
  if (addresses.some((path) => hasAction(textAt(object, ...path) ?? ''))) return true;
  if (itemsAt(object, ['spec', 'generators']).some(hasActionInElement)) return true;
  const said = naming.map((path) => textAt(object, ...path) ?? '');
  return said.some((text) => openWordIn(text) !== undefined) || holdsToken(object['spec'], 0);
}

/** Whether a value of a list of elements holds an action: the list is alone, and nobody but another tool gives it a value. */
function hasActionInElement(generator: Value): boolean {
  return itemsAt(generator, ['list', 'elements']).some(
    (element) =>
      isMapping(element) &&
      Object.values(element).some((text) => typeof text === 'string' && hasAction(text)),
  );
}

function isLeftEmpty(value: Value | undefined): boolean {
  return value === null || value === '';
}

/** Whether a text of one line holds a token; in longer ones it may be markup. */
function holdsToken(value: Value | undefined, depth: number): boolean {
  if (depth > maximumDepth) return false;
  if (typeof value === 'string') return !value.includes('\n') && hasToken(value);
  if (isSequence(value)) return value.some((item) => holdsToken(item, depth + 1));
  return isMapping(value) && Object.values(value).some((part) => holdsToken(part, depth + 1));
}
