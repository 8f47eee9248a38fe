import { isProblem } from '../../build/problem.ts';
import { compileSelector } from '../../build/selector.ts';
import type { Span } from '../../diagnostic/span.ts';
import type { Build } from '../../object/build.ts';
import { isKustomizationPath } from '../../object/kustomization-path.ts';
import { groupVersionKind, namespaceOf, type Resource } from '../../object/resource.ts';
import { isMapping, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { rangeOf } from '../editor-range.ts';
import { pathInside } from '../file-url.ts';
import { cursorAt } from '../yaml/cursor.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { linesOf, outlineOf } from '../yaml/outline.ts';
import { childAt, type OutlineNode, textAt } from '../yaml/outline-node.ts';
import { kindsOf, writtenNames } from './answer-references.ts';
import { spanOf } from './field-span.ts';
import { isFile, type JudgedFolder, uriOf } from './judged-folder.ts';
import { meantParts } from './meant-parts.ts';
import type { DefinitionQuestion, NamedPlace } from './messages.ts';
import { namedKind, namespaceNamed } from './naming.ts';
import { valuesAt } from './reading.ts';
import { type BuiltObject, objectsNamed, type RenderedAround, type RenderedField } from './rendered-field.ts';
import { variableAt, variableSpans } from './variable-definition.ts';

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
  const bytes = folder.fileSystem.read(path);
  const text = typeof bytes === 'string' ? '' : new TextDecoder().decode(bytes);
  const builds = [...folder.judgement.builds.values()];
  const variable = variableAt(text, offset);
  if (variable !== undefined) return variableSpans(builds, path, variable);
  const selected = isKustomizationPath(path) ? selectedAt(builds, { path, text, offset }) : [];
  if (selected.length > 0) return selected.flatMap(spanOfName);
  const around = { kinds: kindsOf(folder), builds };
  const fields = valuesAt(builds, path, offset);
  const named = fields.flatMap((field) => namedBy(field, around));
  if (named.length > 0) return named.flatMap(({ resource }) => spanOfName(resource));
  return fields
    .flatMap((field) => meantParts(field, around))
    .flatMap((one) => spanOf(one.resource, one.path));
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

/** The objects that a rendered field names: of the same build, else those that any other build has. */
function namedBy(
  { build, resource, path }: RenderedField,
  { kinds, builds }: RenderedAround,
): readonly BuiltObject[] {
  const value = valueAt(resource.object, path);
  const isOwnName = path.join('.') === 'metadata.name';
  const kind = typeof value === 'string' && !isOwnName ? namedKind(resource, path, kinds) : undefined;
  if (kind === undefined) return [];
  const wanted = { kind, name: valueText(value), namespace: namespaceNamed(resource.object, path) };
  return objectsNamed(build, builds, wanted);
}

/** The objects that an entry of a kustomization selects: by expressions in a target, by their very name elsewhere. */
function selectedAt(
  builds: readonly Build[],
  { path, text, offset }: { readonly path: string; readonly text: string; readonly offset: number },
): Resource[] {
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
const selectorFields = [
  'group',
  'version',
  'kind',
  'name',
  'namespace',
  'labelSelector',
  'annotationSelector',
] as const;

/** Nothing while it is half written: one that asks for nothing would select everything. */
function selectionOf(around: OutlineNode): ((resource: Resource) => boolean) | undefined {
  const fields = selectorFields.flatMap((field) => {
    const written = textAt(around, field);
    return written === undefined || written === '' ? [] : [[field, written] as const];
  });
  const selector = compileSelector(Object.fromEntries(fields));
  if (fields.length === 0 || isProblem(selector)) return undefined;
  return (resource) => {
    const metadata = resource.object['metadata'];
    const { labels = null, annotations = null } = isMapping(metadata) ? metadata : {};
    return selector.matches({
      gvk: groupVersionKind(resource.object),
      names: [...writtenNames(resource)],
      namespaces: [namespaceOf(resource.object)],
      labels,
      annotations,
    });
  };
}
