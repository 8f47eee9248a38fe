import type { SourceFile } from '../diagnostic/source-file.ts';
import { untracked } from '../object/provenance.ts';
import type { LoadedFile } from '../source/document.ts';
import { mappingOf, type Value } from '../source/value.ts';
import type { Graph, GraphNode } from './graph.ts';
import { partsOf } from './graph-writer.ts';

/** What a graph names of the files: undefined for those that are not what they were. */
export interface Landmarks {
  loaded(load: number): LoadedFile | undefined;
  text(number: number): SourceFile | undefined;
}

/** Reads a graph: for each node what it stands for, or `gone` where a file that it needs is another now, or the graph is broken. */
export function readGraph({ nodes, shapes }: Graph, landmarks: Landmarks): (id: number) => unknown {
  const values: unknown[] = [];
  const documents = new Map<string, readonly Value[] | undefined>();

  function partAt(load: number, number: number, place: number): unknown {
    const key = `${load} ${number}`;
    if (!documents.has(key)) {
      const document = landmarks.loaded(load)?.documents[number];
      documents.set(key, document === undefined ? undefined : partsOf(document.value));
    }
    const part = documents.get(key)?.[place];
    return part === undefined ? gone : part;
  }

  function made(node: GraphNode): unknown {
    if (!Array.isArray(node)) return node;
    const [tag, ...parts] = node as readonly [string, ...(number | string)[]];
    // A text in the place of a number, which somebody else wrote, would name a property.
    if (tag !== 'n' && tag !== 'b' && !parts.every(Number.isInteger)) return gone;
    const numbers = parts as number[];
    const read = (id: number): unknown => nodeAt(values, id);
    switch (tag) {
      case 'u':
        return undefined;
      case 'n':
        return Number(parts[0]);
      case 'b':
        return /^-?\d+$/u.test(String(parts[0])) ? BigInt(String(parts[0])) : gone;
      case 'x':
        return untracked;
      case 'i':
        return Int32Array.from(numbers);
      case 'd':
        return partAt(numbers[0] ?? -1, numbers[1] ?? -1, numbers[2] ?? -1);
      case 'p':
        return landmarks.loaded(numbers[0] ?? -1)?.documents[numbers[1] ?? -1]?.positions ?? gone;
      case 'f':
        return landmarks.loaded(numbers[0] ?? -1)?.file ?? gone;
      case 't':
        return landmarks.text(numbers[0] ?? -1) ?? gone;
      default:
        return madeOf(
          tag,
          tag === 'v' || tag === 'o' ? numbers.slice(1).map(read) : numbers.map(read),
          () => shapes[numbers[0] ?? -1],
        );
    }
  }

  for (const node of nodes) values.push(made(node));
  return (id) => nodeAt(values, id);
}

/** A text in the place of a number names no node. */
function nodeAt(values: readonly unknown[], id: number): unknown {
  return Number.isInteger(id) && id >= 0 && id < values.length ? values[id] : gone;
}

/** Stands for what cannot be read any more. */
export const gone: unique symbol = Symbol('gone');

function madeOf(tag: string, parts: readonly unknown[], shape: () => readonly string[] | undefined): unknown {
  if (parts.includes(gone)) return gone;
  switch (tag) {
    case 'l':
      return parts;
    case 's':
      return new Set(parts);
    case 'm':
      return new Map(
        parts.flatMap((key, index) => (index % 2 === 0 ? [[key, parts[index + 1]] as const] : [])),
      );
    case 'v':
    case 'o':
      return fieldsOf(tag, shape(), parts);
    default:
      return gone;
  }
}

function fieldsOf(tag: string, keys: readonly string[] | undefined, parts: readonly unknown[]): unknown {
  if (keys?.length !== parts.length) return gone;
  const fields = Object.fromEntries(keys.map((key, index) => [key, parts[index] as Value]));
  return tag === 'v' ? mappingOf(fields) : fields;
}
