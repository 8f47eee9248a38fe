import type { TextSource } from '../../object/provenance.ts';
import type { MadeText } from '../../source/made-text.ts';
import { finishOutput, newOutput } from '../output.ts';
import { FunctionError, UnsupportedTemplate } from '../template-error.ts';
import { encodeBytes } from './base64.ts';
import { isList, noOrigins, sortedKeys } from './datum.ts';
import { integerOf, typeOf } from './kind.ts';
import type { Bytes, Datum, Known, SizedInteger } from './model.ts';
import { printFloat } from './print.ts';
import { type TrackedOutput, trackOutput, writeTracked } from './tracked-output.ts';

/** How JSON is written. */
export interface JsonStyle {
  /** Without one everything stands in one line. */
  readonly indent?: string;
  /** As json.Marshal does, which thinks of what stands in a page. */
  readonly escapesHtml: boolean;
}

/** JSON as Go's encoding/json writes it, keys in the order of their bytes; each entry is a stretch with what its value came from. */
export function formatJson(known: Known, style: JsonStyle, here: TextSource): MadeText<TextSource> {
  const output = newOutput();
  emitJson({ ...trackOutput(output, here), style }, known, '', 0);
  return finishOutput(output);
}

interface Emitter extends TrackedOutput {
  readonly style: JsonStyle;
}

const maximumDepth = 200;

function emitJson(emitter: Emitter, known: Known, margin: string, depth: number): void {
  const { value } = known;
  if (typeof value !== 'object' || value === null || isScalar(value))
    writeTracked(emitter, scalarJson(value, emitter.style), known);
  else if (depth > maximumDepth) refuseDepth(value);
  else emitParts(emitter, { known, parts: partsOf(value), margin, depth });
}

/** Go's encoder notices what is inside of itself. */
function refuseDepth(value: Collection): never {
  if (isWithin(value, value, new Set()))
    throw new FunctionError(`json: unsupported value: encountered a cycle via ${typeOf(value)}`);
  throw new UnsupportedTemplate('values nested this deeply');
}

function isWithin(wanted: Collection, value: Collection, seen: Set<Collection>): boolean {
  return partsOf(value).some(({ item }) => {
    const inner = item.value;
    if (typeof inner !== 'object' || inner === null || isScalar(inner)) return false;
    if (inner === wanted || seen.has(inner)) return inner === wanted;
    seen.add(inner);
    return isWithin(wanted, inner, seen);
  });
}

/** A member of an object, or an item of a list, which has no key. */
interface Part {
  readonly key?: string;
  readonly item: Known;
}

type Collection = Exclude<Extract<Datum, object>, SizedInteger | Bytes>;

function partsOf(value: Collection): Part[] {
  if (value.kind === 'list') return value.items.map((item) => ({ item }));
  if (value.kind === 'map')
    return sortedKeys(value).map((key) => ({ key, item: value.entries.get(key) ?? nothing }));
  return [...(value.members ?? value.fields)].map(([key, item]) => ({ key, item }));
}

const nothing: Known = { value: null, origins: noOrigins };

interface Emitted {
  readonly known: Known;
  readonly parts: readonly Part[];
  readonly margin: string;
  readonly depth: number;
}

function emitParts(emitter: Emitter, { known, parts, margin, depth }: Emitted): void {
  const { indent } = emitter.style;
  const [open, close] = isList(known.value) ? '[]' : '{}';
  const inner = margin + (indent ?? '');
  const [line, last, space] = indent === undefined ? ['', '', ''] : [`\n${inner}`, `\n${margin}`, ' '];
  for (const [index, { key, item }] of parts.entries()) {
    writeTracked(emitter, `${index === 0 ? open : ','}${line}`, known);
    if (key !== undefined) writeTracked(emitter, `${quoteJson(key, emitter.style)}:${space}`, item);
    emitJson(emitter, item, inner, depth + 1);
  }
  writeTracked(emitter, parts.length === 0 ? `${open}${close}` : `${last}${close}`, known);
}

type Scalar = SizedInteger | Bytes;

function isScalar(value: Extract<Datum, object>): value is Scalar {
  if (value.kind === 'integer' || value.kind === 'bytes') return true;
  return value.kind === 'object' ? value.json !== undefined : value.isNil === true;
}

function scalarJson(value: Datum, style: JsonStyle): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return quoteJson(value, style);
  if (typeof value === 'number') return numberJson(value);
  if (typeof value !== 'object') return String(value);
  if (value.kind === 'integer') return String(integerOf(value));
  if (value.kind === 'bytes') return quoteJson(encodeBytes(value.text), style);
  return value.kind === 'object' && value.json !== undefined ? quoteJson(value.json, style) : 'null';
}

function numberJson(value: number): string {
  if (!Number.isFinite(value)) throw new FunctionError(`json: unsupported value: ${printFloat(value)}`);
  return Object.is(value, -0) ? '-0' : String(value);
}

function quoteJson(text: string, { escapesHtml }: JsonStyle): string {
  // What is no character Go writes as the one that stands for it.
  const quoted = JSON.stringify(text).replace(/\\ud[89a-f][0-9a-f]{2}/gu, '\\ufffd');
  return quoted.replace(escapesHtml ? /[<>&\u2028\u2029]/gu : /[\u2028\u2029]/gu, (one) => {
    return `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
