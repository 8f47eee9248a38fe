import type { Configuration } from '../configuration/configuration.ts';
import type { Severity } from '../diagnostic/severity.ts';
import { reaches } from '../diagnostic/severity.ts';
import type { Span } from '../diagnostic/span.ts';

/** A way in which a change makes the gate that judges it weaker. */
export interface Weakening {
  /** What is weaker after it, as in `rules.image-not-pinned is off`. */
  readonly what: string;
  /** Where the head says so; absent where it is what the head says no more. */
  readonly span?: Span;
  /** Whether this verdict itself goes by it, where all else holds after the merge alone. */
  readonly decidesNow?: true;
}

interface Entry {
  readonly words: string;
  readonly span?: Span;
  /** Equal for entries that say the same. */
  readonly key: string;
}

/** What settings of the head let pass that those of the base do not; what they ask beyond those is no weakening. */
export function weakenedSettings(base: Configuration, head: Configuration): Weakening[] {
  return [
    ...rulesWeakened(base, head),
    ...accepting.flatMap((field) => added(field, entriesOf(base, field), entriesOf(head, field))),
    ...demanding.flatMap((field) => removed(field, entriesOf(base, field), entriesOf(head, field))),
    ...deciding.flatMap((field) => changed(field, base, head)),
  ];
}

/** Fields of which an entry more lets something pass. */
const accepting = [
  'exclusions',
  'approvedDifferences',
  'notJudged',
  'looseSchemas',
  'ignore',
  'provided',
  'alternatives',
  'baseline',
] as const;

/** Fields of which an entry less lets something pass. */
const demanding = ['environments', 'privateRegistries', 'schemas', 'ignore'] as const;

/** Fields that decide for what is judged, whichever way they go. */
const deciding = [
  'kubernetesVersion',
  'appliedBy',
  'profile',
  'profiles',
  'thirdParty',
  'fluxVersion',
  'strictSubstitution',
  'requireSchemas',
  'inlineSuppressions',
  'repositories',
  'argoClusters',
  'remotes',
  'charts',
  'sourceHosts',
  'promotion',
  'acknowledgeBy',
] as const;

function entriesOf(configuration: Configuration, field: keyof Configuration): readonly Entry[] {
  const value = configuration[field];
  const items: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const entries = items.map((item) => ({ words: wordsOf(item), ...spanOf(item), key: textOf(item) }));
  // A pattern that takes others back asks for more, and the one that it takes back for less.
  if (field !== 'ignore') return entries;
  return entries.map((one, index) => ({
    ...one,
    key: `${index > 0 && configuration.ignore.some(({ negated }) => negated) ? index : ''}${one.key}`,
  }));
}

function spanOf(item: unknown): { span?: Span } {
  if (typeof item !== 'object' || item === null || !('span' in item)) return {};
  return { span: item.span as Span };
}

/** The item as text, without where it stands. */
function textOf(item: unknown): string {
  const plain = (key: string, value: unknown): unknown => {
    if (key === 'span') return undefined;
    if (typeof value === 'bigint') return String(value);
    return value instanceof Map ? [...value] : value;
  };
  return JSON.stringify(item, plain) ?? '';
}

/** What people call the item: the first of what names it. */
function wordsOf(item: unknown): string {
  const fields = ['rule', 'property', 'name', 'text', 'kind', 'path'] as const;
  const named = item as Readonly<Partial<Record<(typeof fields)[number], unknown>>>;
  const names = typeof item === 'string' ? [item] : fields.map((field) => named[field]);
  const name = names.find((one) => typeof one === 'string');
  return typeof name === 'string' ? name : textOf(item);
}

function added(field: string, base: readonly Entry[], head: readonly Entry[]): Weakening[] {
  const known = new Set(base.map(({ key }) => key));
  return head
    .filter(({ key }) => !known.has(key))
    .map(({ words, span }) => ({
      what: `${field} has ${words}, which the base does not have`,
      ...(span === undefined ? {} : { span }),
    }));
}

function removed(field: string, base: readonly Entry[], head: readonly Entry[]): Weakening[] {
  const known = new Set(head.map(({ key }) => key));
  return base
    .filter(({ key }) => !known.has(key))
    .map(({ words }) => ({ what: `${field} no longer has ${words} as in the base` }));
}

function valueWords(value: unknown): string {
  return value === undefined ? 'not set' : wordsOf(value);
}

function changed(field: keyof Configuration, base: Configuration, head: Configuration): Weakening[] {
  const [before, after] = [textOf(base[field]), textOf(head[field])];
  if (before === after || isStricter(field, head)) return [];
  const isPlain = field === 'profile' || typeof (base[field] ?? head[field]) !== 'object';
  const words = isPlain
    ? `was ${valueWords(base[field])} and is ${valueWords(head[field])}`
    : 'has a different value';
  return [{ what: `${field} ${words}`, ...spanOf(head[field]) }];
}

function isStricter(field: keyof Configuration, head: Configuration): boolean {
  return (
    (field === 'requireSchemas' && head.requireSchemas) ||
    (field === 'inlineSuppressions' && head.inlineSuppressions === 'forbidden')
  );
}

type Setting = Severity | 'off' | undefined;

function rulesWeakened(base: Configuration, head: Configuration): Weakening[] {
  const names = new Set([...base.rules.keys(), ...head.rules.keys()]);
  return [...names].flatMap((name) => {
    const [before, after] = [base.rules.get(name), head.rules.get(name)];
    const span = after === undefined ? {} : { span: after.span };
    const parameters =
      textOf(before?.parameters) === textOf(after?.parameters)
        ? []
        : [{ what: `the parameters of ${name} differ`, ...span }];
    const isLess = isWeaker(before?.severity, after?.severity);
    const what = `rule ${name} was ${before?.severity ?? 'at its default'} and is ${after?.severity ?? 'at its default'}`;
    return [...(isLess ? [{ what, ...span }] : []), ...parameters];
  });
}

/** What a rule is by itself is not asked here: to set it to anything but an error may be less. */
function isWeaker(before: Setting, after: Setting): boolean {
  if (before === after || before === 'off' || after === 'error') return false;
  if (after === 'off') return true;
  if (before === undefined || after === undefined) return true;
  return !reaches(after, before);
}
