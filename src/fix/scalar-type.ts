import { admitObject } from '../admit/admit.ts';
import type { Edit } from '../diagnostic/fix.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import { knownOnce } from '../object/known-once.ts';
import { getAt } from '../object/provenance.ts';
import { trackedObject } from '../object/resource.ts';
import { spanAt } from '../source/position.ts';
import {
  copyMapping,
  formatPath,
  isMapping,
  isSequence,
  type Mapping,
  type Path,
  type Value,
} from '../source/value.ts';
import { insertion } from './edit-text.ts';
import type { FieldFixer, FixContext } from './fixer.ts';
import { lastWrittenNode } from './written-nodes.ts';

/** Puts a scalar into quotes, or takes them away, where the API server takes it that way and not as it stands. */
export const changeScalarType: FieldFixer = ({ resource, path }, context) => {
  const part = getAt(trackedObject(resource), path);
  const node = part === undefined ? undefined : lastWrittenNode(part.origin);
  if (part === undefined || node === undefined || typeof part.value === 'object') return undefined;
  const span = spanAt(node.positions, node.index);
  const written = span.file.text.slice(span.start, span.end);
  const change = typeof part.value === 'string' ? withoutQuotes(written) : withQuotes(written);
  if (change === undefined || !mayTry(resource.object, context)) return undefined;
  const candidate = withValue(resource.object, path, change.value);
  const { errors } = admitObject(candidate, { kubernetesVersion: context.kubernetesVersion });
  const field = formatPath(path);
  if (errors.some((error) => formatPath(error.field).startsWith(field))) return undefined;
  const isQuoted = typeof change.value === 'string';
  const quote = quoteOf(span.file);
  // Insertions and deletions, so that the value itself is in no report.
  const edits: Edit[] = isQuoted
    ? [insertion(span, span.start, quote), insertion(span, span.end, quote)]
    : [
        { span: { ...span, end: span.start + 1 }, text: '' },
        { span: { ...span, start: span.end - 1 }, text: '' },
      ];
  return {
    description: isQuoted ? 'write the value in quotes' : 'write the value without quotes',
    edits,
    changes: [{ anchor: spanAt(node.positions, node.index, 'whole'), below: [], value: change.value }],
    reveals: true,
  };
};

function withQuotes(written: string): { readonly value: string } | undefined {
  return /^[\w.+-]+$/u.test(written) ? { value: written } : undefined;
}

function withoutQuotes(written: string): { readonly value: boolean | number } | undefined {
  const inside = /^(["'])(true|false|0|-?[1-9]\d{0,14})\1$/u.exec(written)?.[2];
  if (inside === undefined) return undefined;
  return { value: inside === 'true' || inside === 'false' ? inside === 'true' : Number(inside) };
}

// Each try admits the whole object anew: about a second for all of a run.
const mostTried = 1_000_000;

const tried = new WeakMap<FixContext, number>();

/** Whether the values of all objects that were tried so far, this one included, are few enough. */
function mayTry(object: Mapping, context: FixContext): boolean {
  const count = (tried.get(context) ?? 0) + valuesIn(object);
  if (count > mostTried) return false;
  tried.set(context, count);
  return true;
}

const valuesIn = knownOnce((object: Mapping): number => countValues(object));

function countValues(value: Value): number {
  if (isSequence(value)) return value.reduce<number>((sum, item) => sum + countValues(item), 1);
  if (!isMapping(value)) return 1;
  return Object.keys(value).reduce((sum, key) => sum + countValues(value[key] ?? null), 1);
}

/** The quotes that the file uses already. */
const quoteOf = knownOnce(({ text }: SourceFile): '"' | "'" => {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return count(/: '/gu) > count(/: "/gu) ? "'" : '"';
});

function withValue(object: Mapping, path: Path, value: Value): Mapping {
  return replaceAt(object, path, value) as Mapping;
}

function replaceAt(current: Value, path: Path, value: Value): Value {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (isSequence(current) && typeof step === 'number')
    return current.with(step, replaceAt(current[step] ?? null, rest, value));
  if (!isMapping(current)) return current;
  const copy = copyMapping(current);
  copy[String(step)] = replaceAt(current[String(step)] ?? null, rest, value);
  return copy;
}
