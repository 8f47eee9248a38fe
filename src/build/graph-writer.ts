import type { SourceFile } from '../diagnostic/source-file.ts';
import { untracked } from '../object/provenance.ts';
import type { AnyReader, LoadedFile } from '../source/document.ts';
import { isMadeMapping, type Value } from '../source/value.ts';
import type { Graph, GraphNode } from './graph.ts';

/** Writes plain data as a graph; undefined for what cannot be written, or must not. */
export interface GraphWriter {
  /** What whoever reads has at hand, so that it is named and not written. */
  knowLoaded(reader: AnyReader, path: string, loaded: LoadedFile): void;
  knowText(path: string, file: SourceFile | undefined): void;
  write(value: unknown): number | undefined;
  readonly graph: Graph;
}

/** What is no plain data, or a text that must not be written. */
class NotWritten extends Error {}

// Shorter texts are no longer than the place that they are known by.
const shortestNamed = 4;

/** Begins a graph; `mayWrite` says of a text that stands in no document whether it may leave, `meet` is told of each file before it is written. */
export function newGraphWriter(
  mayWrite: (text: string) => boolean,
  meet: (file: SourceFile) => void,
): GraphWriter {
  const nodes: GraphNode[] = [];
  const shapes: (readonly string[])[] = [];
  const loads: (readonly [string, string])[] = [];
  const texts: string[] = [];
  const ids = new Map<unknown, number>();
  const shapeIds = new Map<string, number>();
  const landmarks = new Map<unknown, GraphNode>();
  const known = new Set<object | string>();

  function add(value: unknown, node: GraphNode): number {
    const id = nodes.push(node) - 1;
    // To a map, both zeros are one.
    if (!Object.is(value, -0)) ids.set(value, id);
    return id;
  }

  function shapeOf(keys: readonly string[]): number {
    const words = JSON.stringify(keys);
    const before = shapeIds.get(words);
    if (before !== undefined) return before;
    if (!keys.every(mayWrite)) throw new NotWritten('a key');
    shapeIds.set(words, shapes.length);
    return shapes.push(keys) - 1;
  }

  function idOf(value: unknown): number {
    const before = Object.is(value, -0) ? undefined : ids.get(value);
    if (before !== undefined) return before;
    const landmark = landmarks.get(value);
    return landmark === undefined ? add(value, nodeOf(value)) : add(value, landmark);
  }

  function nodeOf(value: unknown): GraphNode {
    switch (typeof value) {
      case 'string':
        if (!mayWrite(value)) throw new NotWritten('a string');
        return value;
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : ['n', Object.is(value, -0) ? '-0' : `${value}`];
      case 'bigint':
        return ['b', `${value}`];
      case 'undefined':
        return ['u'];
      case 'object':
        return value === null ? null : nodeOfObject(value);
      default:
        throw new NotWritten(typeof value);
    }
  }

  function nodeOfObject(value: object): GraphNode {
    if (value === untracked) return ['x'];
    if (Array.isArray(value)) return ['l', ...value.map(idOf)];
    if (isMadeMapping(value)) return ['v', ...fieldsOf(value)];
    if (value instanceof Map) return ['m', ...[...value].flatMap(([key, item]) => [idOf(key), idOf(item)])];
    if (value instanceof Set) return ['s', ...[...value].map(idOf)];
    if (value instanceof Int32Array) return ['i', ...value];
    if (isSourceFile(value)) meet(value);
    else if ('file' in value && isSourceFile(value.file)) meet(value.file);
    const met = landmarks.get(value);
    if (met !== undefined) return met;
    if (Object.getPrototypeOf(value) !== Object.prototype)
      throw new NotWritten('an object of a special kind');
    return ['o', ...fieldsOf(value)];
  }

  function fieldsOf(value: object): number[] {
    const fields = Object.entries(value);
    const parts = fields.map(([, part]) => idOf(part));
    return [shapeOf(fields.map(([key]) => key)), ...parts];
  }

  function name(value: unknown, node: GraphNode): void {
    if (!landmarks.has(value)) landmarks.set(value, node);
  }

  return {
    graph: { nodes, shapes, loads, texts },
    knowLoaded(reader, path, loaded) {
      if (known.has(loaded)) return;
      known.add(loaded);
      const load = loads.push([reader, path]) - 1;
      name(loaded.file, ['f', load]);
      for (const [number, { value, positions }] of loaded.documents.entries()) {
        name(positions, ['p', load, number]);
        for (const [place, part] of partsOf(value).entries())
          if (isNamed(part)) name(part, ['d', load, number, place]);
      }
    },
    knowText(path, file) {
      if (file === undefined || known.has(file)) return;
      known.add(file);
      name(file, ['t', texts.push(path) - 1]);
    },
    write(value) {
      try {
        return idOf(value);
      } catch (error) {
        // A chain of layers may be longer than what can be called.
        if (error instanceof NotWritten || error instanceof RangeError) return undefined;
        throw error;
      }
    },
  };
}

function isSourceFile(value: unknown): value is SourceFile {
  return typeof value === 'object' && value !== null && 'path' in value && 'text' in value;
}

function isNamed(part: Value): boolean {
  return typeof part === 'string' ? part.length >= shortestNamed : typeof part === 'object' && part !== null;
}

/** A value and all that it is made of, in the order of the document. */
export function partsOf(value: Value): Value[] {
  const parts: Value[] = [];
  const ahead: Value[] = [value];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    parts.push(next);
    if (typeof next === 'object' && next !== null)
      for (const part of Object.values(next).reverse()) ahead.push(part);
  }
  return parts;
}
