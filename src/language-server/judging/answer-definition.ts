import type { Span } from '../../diagnostic/span.ts';
import type { Build } from '../../object/build.ts';
import { isKustomizationPath } from '../../object/kustomization-path.ts';
import type { Resource } from '../../object/resource.ts';
import { valueText } from '../../source/value-text.ts';
import { rangeOf } from '../editor-range.ts';
import { pathInside } from '../file-url.ts';
import { cursorAt } from '../yaml/cursor.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { linesOf, outlineOf } from '../yaml/outline.ts';
import { childAt, textAt } from '../yaml/outline-node.ts';
import { spanOf } from './field-span.ts';
import { kindsOf } from './folder-kinds.ts';
import { isFile, type JudgedFolder, textOf, uriOf } from './judged-folder.ts';
import { meantBy } from './meant-parts.ts';
import type { DefinitionQuestion, NamedPlace } from './messages.ts';
import { pointedField, type TextPlace } from './pointed-field.ts';
import { valuesAt } from './reading.ts';
import { selectionOf } from './selection.ts';
import { variableAt, variableSpans } from './variable-definition.ts';
import { writtenNames } from './written-names.ts';

/** Where the object or variable stands that is named at a place: its line in a manifest, or in the kustomization that generates it. */
export function answerDefinition(
  folders: Iterable<JudgedFolder>,
  { uri, offset }: Pick<DefinitionQuestion, 'uri' | 'offset'>,
): NamedPlace[] {
  for (const folder of folders) {
    const path = pathInside(folder.url, uri);
    if (path !== undefined) return placesOf(folder, spansAt(folder, path, offset));
  }
  return [];
}

function spansAt(folder: JudgedFolder, path: string, offset: number): Span[] {
  const text = textOf(folder, path);
  const builds = [...folder.judgement.builds.values()];
  const variable = variableAt(text, offset);
  if (variable !== undefined) return variableSpans(builds, path, variable);
  const selected = isKustomizationPath(path) ? selectedAt(builds, { path, text, offset }) : [];
  if (selected.length > 0) return selected.flatMap(spanOfName);
  const pointed = pointedField(builds, folder.fileSystem, { path, text, offset });
  if (pointed.length > 0) return pointed;
  const around = { kinds: kindsOf(folder), builds };
  const fields = valuesAt(builds, path, offset);
  const meant = fields.flatMap((field) => meantBy(field, around));
  if (meant.length > 0) return meant.flatMap((one) => spanOf(one.resource, one.path));
  // What a patch says of itself sets nothing, and stands for the object.
  const whole = fields.flatMap(({ resource, path: field }) =>
    field.length === 0 ? spanOfName(resource) : [],
  );
  return whole.filter(({ file }) => file.path !== path);
}

function spanOfName(resource: Resource): Span[] {
  return spanOf(resource, ['metadata', 'name']);
}

function placesOf(folder: JudgedFolder, spans: readonly Span[]): NamedPlace[] {
  const places = new Map<string, NamedPlace>();
  for (const span of spans) {
    if (!isFile(folder, span.file.path)) continue;
    const uri = uriOf(folder, span.file.path);
    const { start, end } = span;
    places.set(`${uri} ${start}`, { uri, start, end, range: rangeOf(span), isOwn: true });
  }
  return [...places.values()];
}

/** The objects that an entry of a kustomization selects: by expressions in a target, by their very name elsewhere. */
function selectedAt(builds: readonly Build[], { path, text, offset }: TextPlace): Resource[] {
  const cursor = cursorAt(text, offset);
  if (cursor?.role !== 'value') return [];
  const isSelected = selectionAt(cursor, text);
  if (isSelected === undefined) return [];
  return builds
    .filter(({ inputs }) => inputs.includes(path))
    .flatMap(({ resources }) => resources.filter(isSelected));
}

function selectionAt({ path }: Cursor, text: string): ((resource: Resource) => boolean) | undefined {
  const [holder, field] = [String(path.at(-2)), String(path.at(-1))];
  // In braces what the cursor knows of ends at the cursor.
  const around = childAt(outlineOf(linesOf(text)).root, ...path.slice(0, -1));
  if (around === undefined) return undefined;
  if (byExpression.has(holder)) return selectionOf(around);
  if (field !== 'name' || !(path[0] === 'replicas' || byName.has(holder))) return undefined;
  const [name, kind] = [textAt(around, 'name'), textAt(around, 'kind')];
  return (resource) =>
    name !== undefined &&
    (kind === undefined || valueText(resource.object['kind']) === kind) &&
    writtenNames(resource).has(name);
}

const byName: ReadonlySet<string> = new Set(['source', 'objref']);
/** What holds anchored regular expressions and label selectors. */
const byExpression: ReadonlySet<string> = new Set(['target', 'select', 'reject']);
