import type { Edit, Fix, IntendedChange } from '../diagnostic/fix.ts';
import { getAt } from '../object/provenance.ts';
import { type Resource, trackedObject } from '../object/resource.ts';
import { variablesOf } from '../reconcile/flux/fill-text.ts';
import { isProgramText } from '../reconcile/flux/substitute.ts';
import { parseTemplate } from '../reconcile/flux/substitution-template.ts';
import { visitTexts } from '../reconcile/flux/visit-texts.ts';
import { findLiteral, hasLiteral } from '../source/find-literal.ts';
import { spanAt } from '../source/position.ts';
import { isMapping, isSequence, type Path, type Value, valueAt } from '../source/value.ts';
import { insertion } from './edit-text.ts';
import type { FieldFixer } from './fixer.ts';
import { type WrittenNode, writtenNodes } from './written-nodes.ts';

/**
 * Writes `$${NAME}` for a variable that belongs to the program in which it stands: the text sets it, or the container does.
 * Any other one may as well lack its value in the Kustomization.
 */
export const escapeVariable: FieldFixer = ({ resource, path }) => {
  const text = valueAt(resource.object, path);
  const template = typeof text === 'string' ? parseTemplate(text) : [];
  if (typeof text !== 'string' || 'error' in template || !isProgramText(resource.object, path, text))
    return undefined;
  const names = [...new Set(variablesOf(template).map(({ name }) => name))];
  // Each is looked for in all texts of the object; nobody escapes so many one by one.
  if (names.length > mostEscaped) return undefined;
  const own = names.filter((name) => isOfProgram(resource, name));
  const [first] = own;
  if (first === undefined) return undefined;
  return escapes(resource, `write $\${${first}}, which Flux does not substitute`, (source) =>
    own.flatMap((name) => findLiteral(source, `\${${name}`, { before: /[^$]$/u, after: /^\W/u })),
  );
};

const mostEscaped = 50;

/** Writes `$${` before an expression of a program that Flux cannot read. */
export const escapeExpression: FieldFixer = ({ resource, path }) => {
  const text = valueAt(resource.object, path);
  const template = typeof text === 'string' ? parseTemplate(text) : [];
  if (typeof text !== 'string' || !('error' in template) || !isProgramText(resource.object, path, text))
    return undefined;
  const from = text.lastIndexOf('${', template.offset + 1);
  const [expression] = from < 0 ? [] : (/^\$\{[^}\n]*\}/u.exec(text.slice(from)) ?? []);
  if (expression === undefined) return undefined;
  const fix = escapes(
    resource,
    'write $${, which Flux does not substitute',
    (source) =>
      [...source.matchAll(/(?<!\$)\$\{[^}\n]{0,1000}\}/gu)].flatMap(({ 0: one, index }) =>
        one === expression ? [index] : [],
      ),
    path,
  );
  return fix === undefined ? undefined : { ...fix, changes: substituted(resource), reveals: true };
};

/** Flux puts nothing into an object that it cannot read: afterwards it puts values into all its texts. */
function substituted(resource: Resource): IntendedChange[] {
  const changes: IntendedChange[] = [];
  visitTexts(resource.object, [], '${', (_, path) => {
    for (const { positions, index } of sourcesOf(resource, path))
      changes.push({ anchor: spanAt(positions, index, 'whole'), below: [] });
  });
  return changes;
}

/** A dollar more at each of the places that `find` sees in the texts of the object, or in one of them. */
function escapes(
  resource: Resource,
  description: string,
  find: (source: string) => readonly number[],
  only?: Path,
): Fix | undefined {
  const edits: Edit[] = [];
  visitTexts(resource.object, [], '${', (text, path) => {
    if (only !== undefined && path.join('\0') !== only.join('\0')) return;
    if (!isProgramText(resource.object, path, text)) return;
    for (const node of sourcesOf(resource, path)) {
      const { file, start, end } = spanAt(node.positions, node.index);
      for (const index of find(file.text.slice(start, end)))
        edits.push(insertion({ file }, start + index, '$'));
    }
  });
  // What Flux makes of it is what stood there before.
  return edits.length === 0 ? undefined : { description, edits, changes: [] };
}

function sourcesOf(resource: Resource, path: Path): WrittenNode[] {
  const part = getAt(trackedObject(resource), path);
  return part === undefined ? [] : writtenNodes(part.origin).filter(({ by }) => by !== 'postBuild');
}

// Set by every shell, runtime or kubelet.
const everywhere = new Set([
  'HOME',
  'PATH',
  'PWD',
  'HOSTNAME',
  'USER',
  'UID',
  'IFS',
  'RANDOM',
  'KUBERNETES_SERVICE_HOST',
]);

/** Whether a program of the object sets the variable, or its container gives it. */
function isOfProgram({ object }: Resource, name: string): boolean {
  if (everywhere.has(name)) return true;
  const sets = (text: string): boolean =>
    hasLiteral(text, `${name}=`, { before: /[\s;&|(]$/u }) ||
    hasLiteral(text, name, { before: /[\s;&|(](?:for|read(?: -\w+)*) $/u, after: /^\W/u });
  return someValue(object, 0, (value) => {
    if (typeof value === 'string') return sets(value);
    return isMapping(value) && value['name'] === name && ('value' in value || 'valueFrom' in value);
  });
}

const maximumDepth = 200;

function someValue(value: Value, depth: number, test: (value: Value) => boolean): boolean {
  if (test(value)) return true;
  if (depth > maximumDepth) return false;
  if (isSequence(value)) return value.some((item) => someValue(item, depth + 1, test));
  return isMapping(value) && Object.keys(value).some((key) => someValue(value[key] ?? null, depth + 1, test));
}
