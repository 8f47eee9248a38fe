import type { TextSource } from '../../object/provenance.ts';
import { naturalOrder } from '../../source/emit/emit-key-order.ts';
import { formatNumber } from '../../source/emit/emit-number.ts';
import {
  formatComplexKey,
  formatSimpleKey,
  formatString,
  isSimpleKey,
} from '../../source/emit/emit-scalar.ts';
import type { MadeText } from '../../source/made-text.ts';
import { finishOutput, newOutput } from '../output.ts';
import { FunctionError, UnsupportedTemplate } from '../template-error.ts';
import { encodeBytes } from './base64.ts';
import { isList } from './datum.ts';
import { integerOf } from './kind.ts';
import type { Datum, Known } from './model.ts';
import { printFloat } from './print.ts';
import { type TrackedOutput, trackOutput, writeTracked } from './tracked-output.ts';

const maximumDepth = 200;

interface Emitter extends TrackedOutput {
  /** How much deeper a list stands than its key. */
  readonly listIndent: number;
  /** Whether texts of one line stay in one line, however long. */
  readonly isWide: boolean;
}

/** How YAML is written, and what it is made by. */
export interface YamlStyle {
  readonly here: TextSource;
  /** Lists stand below their key and nothing is folded, as the encoder of go-yaml 3 has it. */
  readonly isPretty?: boolean;
}

/**
 * A value as sigs.k8s.io/yaml prints it, without the last line break; each entry is a stretch with what its value came from. What
 * `emit.ts` prints of plain values this prints of tracked ones.
 */
export function formatYaml(known: Known, { here, isPretty = false }: YamlStyle): MadeText<TextSource> {
  const output = newOutput();
  const emitter = { ...trackOutput(output, here), listIndent: isPretty ? 2 : 0, isWide: isPretty };
  emitRoot(emitter, known);
  const { text, stretches } = finishOutput(output);
  return { text: text.replace(/\n$/u, ''), stretches };
}

function emitRoot(emitter: Emitter, known: Known): void {
  const { value } = known;
  if (isCollection(value) && !isEmpty(value)) emitCollection(emitter, known, 0, 0);
  else writeTracked(emitter, textOf(emitter, value, 2, 0), known);
}

type Collection = Extract<Datum, { readonly kind: 'map' | 'list' | 'object' }>;

function isCollection(value: Datum): value is Collection {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value.kind === 'map' || value.kind === 'list' || (value.kind === 'object' && value.json === undefined))
  );
}

function isEmpty(value: Collection): boolean {
  return value.kind === 'list' ? value.items.length === 0 : entriesOf(value).size === 0;
}

function entriesOf(value: Exclude<Collection, { readonly kind: 'list' }>): ReadonlyMap<string, Known> {
  return value.kind === 'map' ? value.entries : (value.members ?? value.fields);
}

function emitCollection(emitter: Emitter, known: Known, indent: number, depth: number): void {
  if (depth > maximumDepth) throw new UnsupportedTemplate('values nested this deeply');
  const value = known.value as Collection;
  if (value.kind === 'list') {
    for (const [index, item] of value.items.entries()) {
      writeTracked(emitter, index === 0 ? '-' : `${' '.repeat(indent)}-`, item);
      emitAfterIndicator(emitter, item, indent, depth);
    }
    return;
  }
  const entries = entriesOf(value);
  for (const [index, key] of naturalOrder([...entries.keys()]).entries()) {
    const entry = entries.get(key);
    if (entry !== undefined) emitEntry(emitter, { key, entry }, { indent, depth, isFirst: index === 0 });
  }
}

function emitEntry(
  emitter: Emitter,
  { key, entry }: { readonly key: string; readonly entry: Known },
  { indent, depth, isFirst }: { readonly indent: number; readonly depth: number; readonly isFirst: boolean },
): void {
  const margin = isFirst ? '' : ' '.repeat(indent);
  if (!isSimpleKey(key)) {
    writeTracked(emitter, `${margin}? ${formatComplexKey(key, indent)}${' '.repeat(indent)}:`, entry);
    emitAfterIndicator(emitter, entry, indent, depth);
    return;
  }
  const name = formatSimpleKey(key);
  const { value } = entry;
  if (!isCollection(value) || isEmpty(value)) {
    writeTracked(
      emitter,
      `${margin}${name}: ${textOf(emitter, value, indent + 2, indent + name.length + 2)}`,
      entry,
    );
    return;
  }
  const inner = indent + (value.kind === 'list' ? emitter.listIndent : 2);
  writeTracked(emitter, `${margin}${name}:\n${' '.repeat(inner)}`, entry);
  emitCollection(emitter, entry, inner, depth + 1);
}

/** What follows `-`, or the `:` of a complex key: a block starts in the same line. */
function emitAfterIndicator(emitter: Emitter, known: Known, indent: number, depth: number): void {
  const { value } = known;
  if (!isCollection(value) || isEmpty(value)) {
    writeTracked(emitter, ` ${textOf(emitter, value, indent + 2, indent + 2)}`, known);
    return;
  }
  writeTracked(emitter, ' ', known);
  emitCollection(emitter, known, indent + 2, depth + 1);
}

function textOf({ isWide }: Emitter, value: Datum, indent: number, column: number): string {
  if (typeof value === 'number') return `${isWide ? plainFloat(value) : floatText(value)}\n`;
  if (isWide && isList(value) && value.isNil) return '[]\n';
  const isLine = isWide && typeof value === 'string' && !value.includes('\n');
  return scalarText(value, indent, isLine ? Number.NEGATIVE_INFINITY : column);
}

/** By way of JSON, which has no infinite numbers. */
function floatText(value: number): string {
  if (!Number.isFinite(value)) throw new FunctionError(`json: unsupported value: ${printFloat(value)}`);
  return formatNumber(value);
}

/** As go-yaml itself writes a float64. */
function plainFloat(value: number): string {
  if (Number.isFinite(value)) return printFloat(value);
  return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
}

function scalarText(value: Datum, indent: number, column: number): string {
  if (value === null || value === undefined) return 'null\n';
  if (typeof value === 'string') return formatString(value, indent, column);
  if (typeof value === 'boolean') return `${value}\n`;
  const integer = integerOf(value);
  if (integer !== undefined) return `${integer}\n`;
  if (typeof value === 'object' && value.kind === 'bytes')
    return formatString(encodeBytes(value.text), indent, column);
  if (typeof value === 'object' && value.kind === 'object' && value.json !== undefined)
    return formatString(value.json, indent, column);
  if (typeof value !== 'object' || value.kind !== 'list') return '{}\n';
  return value.isNil ? 'null\n' : '[]\n';
}
