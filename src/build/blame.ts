import { locateField, type Step } from '../object/provenance.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource, trackedObject } from '../object/resource.ts';
import { meansKind } from '../object/short-kind-names.ts';
import { emitDocument } from '../source/emit/emit.ts';
import { parseDocuments } from '../source/parse.ts';
import { keyAt, type Positions, stride } from '../source/position.ts';
import {
  formatPath,
  isSequence,
  type Mapping,
  type PathElement,
  type Value,
  valueAt,
} from '../source/value.ts';
import { valueText } from '../source/value-text.ts';

/** One line of a rendered object, with the field it begins or ends and the layers that made that field. */
export interface BlamedLine {
  readonly text: string;
  readonly path: readonly PathElement[];
  /** The oldest first; empty where nobody kept the history. */
  readonly steps: readonly Step[];
  /** Whether a comment behind the line is still YAML: not inside a block scalar or a folded string. */
  readonly takesComment: boolean;
}

/** The object as `kustomize build` prints it, each line with what set the value in it. */
export function blameResource(resource: Resource): readonly BlamedLine[] {
  const text = emitDocument(resource.object);
  const [document] = parseDocuments({ path: 'rendered', text }, 'kustomize').documents;
  const lines = text.trimEnd().split('\n');
  if (document === undefined)
    return lines.map((line) => ({ text: line, path: [], steps: [], takesComment: false }));
  const fields = fieldsByLine(document.positions, document.value, lineOffsets(lines));
  let current: Field | undefined;
  return lines.map((line, index) => {
    const begun = fields.get(index);
    if (begun !== undefined) current = begun;
    const path = current?.path ?? [];
    const { steps } = locateField(trackedObject(resource), path);
    const isWhole =
      current !== undefined && (current.lastLine === index || (begun !== undefined && current.isBlock));
    return { text: line, path, steps, takesComment: isWhole };
  });
}

/** An object with the name the command line knows it by. */
export interface LabelledResource {
  readonly label: string;
  readonly resource: Resource;
}

/** The objects that `KIND/NAME` or `KIND/NAMESPACE/NAME` means, kinds in any case and by their short names; all of them for nothing. */
export function findResources(resources: readonly Resource[], wanted: string): LabelledResource[] {
  const [kind = '', ...rest] = wanted.split('/');
  const name = rest.at(-1);
  const namespace = rest.length > 1 ? rest[0] : undefined;
  return resources
    .filter(({ object }) => {
      if (wanted === '') return true;
      if (!meansKind(kind, groupVersionKind(object).kind)) return false;
      return nameOf(object) === name && (namespace === undefined || namespaceOf(object) === namespace);
    })
    .map((resource) => ({ label: labelOf(resource), resource }));
}

function labelOf({ object }: Resource): string {
  return [groupVersionKind(object).kind, namespaceOf(object), nameOf(object)]
    .filter((part) => part !== '')
    .join('/');
}

/** One field with all its layers; a missing field has those of its nearest parent. */
export interface BlamedField {
  readonly field: string;
  /** The parent that was found instead, where the field is not set. */
  readonly missingIn?: string;
  readonly value: string;
  readonly steps: readonly Step[];
}

/** The history of the field that the command line names; undefined where the path makes no sense for the object. */
export function blamedField(resource: Resource, text: string): BlamedField | undefined {
  const path = parseFieldPath(resource.object, text);
  if (path === undefined || path.length === 0) return undefined;
  const { steps, depth } = locateField(trackedObject(resource), path);
  const value = valueAt(resource.object, path);
  if (value === undefined && depth === 0) return undefined;
  const parent = formatPath(path.slice(0, depth));
  return {
    field: formatPath(path),
    ...(depth < path.length ? { missingIn: parent } : {}),
    value: typeof value === 'object' || value === undefined ? '' : String(value),
    steps,
  };
}

interface Field {
  readonly path: readonly PathElement[];
  readonly lastLine: number;
  readonly isBlock: boolean;
}

// The deepest field that begins on each line.
function fieldsByLine(positions: Positions, root: Value, offsets: readonly number[]): Map<number, Field> {
  const fields = new Map<number, Field>();
  const { nodes, file } = positions;
  const walk = (index: number, path: readonly PathElement[]): void => {
    const row = index * stride;
    const start = nodes[row + 2] ?? 0;
    const begin = (nodes[row] ?? -1) >= 0 ? (nodes[row] as number) : start;
    const isBlock = file.text[start] === '|' || file.text[start] === '>';
    const isContainer = typeof valueAt(root, path) === 'object';
    const lastLine = isContainer
      ? lineOf(offsets, begin)
      : lineOf(offsets, Math.max(start, (nodes[row + 3] ?? start) - 1));
    if (index > 0) fields.set(lineOf(offsets, begin), { path, lastLine, isBlock });
    const end = nodes[row + 4] ?? 0;
    const isList = isSequence(valueAt(root, path));
    let position = 0;
    for (let child = index + 1; child < end; child = nodes[child * stride + 4] ?? end) {
      walk(child, [...path, isList ? position : (keyAt(positions, child) ?? '')]);
      position += 1;
    }
  };
  walk(0, []);
  return fields;
}

function lineOffsets(lines: readonly string[]): number[] {
  let offset = 0;
  return lines.map((line) => {
    const start = offset;
    offset += line.length + 1;
    return start;
  });
}

function lineOf(offsets: readonly number[], offset: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** What a field path means in an object: `spec.containers[name=ws].image`, `spec.containers[0]`, `data[a.b]`. */
export function parseFieldPath(object: Mapping, text: string): readonly PathElement[] | undefined {
  const path: PathElement[] = [];
  for (const [, key, quoted, selector] of text.matchAll(/([^.[\]]+)|\[["']([^"']*)["']\]|\[([^\]]*)\]/g)) {
    const value = valueAt(object, path);
    if (key !== undefined) path.push(isSequence(value) && /^\d+$/.test(key) ? Number(key) : key);
    else if (quoted !== undefined) path.push(quoted);
    else if (isSequence(value)) {
      const index = itemIndex(value, selector ?? '');
      if (index === undefined) return undefined;
      path.push(index);
    } else path.push(selector ?? '');
  }
  return path;
}

function itemIndex(items: readonly Value[], selector: string): number | undefined {
  if (/^\d+$/.test(selector)) return Number(selector);
  const equals = selector.indexOf('=');
  if (equals < 0) return undefined;
  const [key, wanted] = [selector.slice(0, equals), selector.slice(equals + 1)];
  const index = items.findIndex((item) => valueText(valueAt(item, [key])) === wanted);
  return index < 0 ? undefined : index;
}
