import { ownOf } from '../../../source/own.ts';
import { CelError } from '../cel-error.ts';
import { type CelValue, type Format, kind, optional } from '../cel-value.ts';
import { type Library, specialArgument, stringArgument } from './argument.ts';
import { parseRequestUri } from './request-uri.ts';

type Check = (text: string) => readonly string[];

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const label1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*` as const;
const qualifiedPart = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const alphanumeric = 'and must start and end with an alphanumeric character';

interface NameRule {
  readonly limit: number;
  readonly pattern: string;
  readonly whole: RegExp;
  readonly words: string;
  readonly examples: readonly string[];
}

const rules = {
  dns1123Label: {
    limit: 63,
    pattern: label,
    whole: new RegExp(`^(?:${label})$`),
    words: `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', ${alphanumeric}`,
    examples: ['my-name', '123-abc'],
  },
  dns1123Subdomain: {
    limit: 253,
    pattern: subdomain,
    whole: new RegExp(`^(?:${subdomain})$`),
    words: `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', ${alphanumeric}`,
    examples: ['example.com'],
  },
  dns1035Label: {
    limit: 63,
    pattern: label1035,
    whole: new RegExp(`^(?:${label1035})$`),
    words:
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
    examples: ['my-name', 'abc-123'],
  },
  labelValue: {
    limit: 63,
    pattern: `(${qualifiedPart})?`,
    whole: new RegExp(`^(?:(${qualifiedPart})?)$`),
    words: `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', ${alphanumeric}`,
    examples: ['MyValue', 'my_value', '12345'],
  },
  qualifiedPart: {
    limit: 63,
    pattern: qualifiedPart,
    whole: new RegExp(`^(?:${qualifiedPart})$`),
    words: `must consist of alphanumeric characters, '-', '_' or '.', ${alphanumeric}`,
    examples: ['MyName', 'my.name', '123-abc'],
  },
} satisfies Readonly<Record<string, NameRule>>;

/** The problems of a name in the words of `k8s.io/apimachinery/pkg/util/validation` 0.36. */
function problemsOf(text: string, { limit, pattern, whole, words, examples }: NameRule): string[] {
  const problems = text.length > limit ? [`must be no more than ${limit} characters`] : [];
  // The patterns have no nested repetition over the same characters, and the text is cut before they see it.
  if (whole.test(text.slice(0, limit + 1))) return problems;
  const named = examples.map((example, index) => `${index === 0 ? '' : 'or '}'${example}'`).join(',  ');
  return [...problems, `${words} (e.g. ${named}, regex used for validation is '${pattern}')`];
}

function nameCheck(rule: NameRule): Check {
  return (text) => problemsOf(text, rule);
}

const dns1123Label = nameCheck(rules.dns1123Label);
const dns1123Subdomain = nameCheck(rules.dns1123Subdomain);
const dns1035Label = nameCheck(rules.dns1035Label);
const labelValue = nameCheck(rules.labelValue);

/** `k8s.io/apimachinery/pkg/api/validation` lets a trailing dash stand where a name is a prefix of a generated one. */
function asPrefix(check: Check): Check {
  return (text) => check(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text);
}

function qualifiedName(text: string): readonly string[] {
  const parts = text.split('/');
  const part = rules.qualifiedPart;
  if (parts.length > 2) {
    const [whole = ''] = problemsOf('', { ...part, words: `a valid label key ${part.words}` });
    return [`${whole} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const name = parts.at(-1) ?? '';
  return [
    ...prefixProblems(parts),
    ...(name === '' ? ['name part must be non-empty'] : namePartProblems(name)),
  ];
}

function prefixProblems(parts: readonly string[]): string[] {
  if (parts.length < 2) return [];
  const [prefix = ''] = parts;
  if (prefix === '') return ['prefix part must be non-empty'];
  return dns1123Subdomain(prefix).map((problem) => `prefix part ${problem}`);
}

function namePartProblems(name: string): string[] {
  return problemsOf(name, rules.qualifiedPart).map((problem) => `name part ${problem}`);
}

/** In the words of Go's net/url, as far as they do not depend on the place of the mistake. */
function uri(text: string): readonly string[] {
  if (parseRequestUri(text) !== undefined) return [];
  return [`parse ${JSON.stringify(text)}: ${text === '' ? 'empty url' : 'invalid URI for request'}`];
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/;

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const dateTime = /^(\d{4}-\d\d-\d\d)[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[zZ]|[+-]\d\d:\d\d)$/;

const uuid = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

const checks: Readonly<Record<string, Check>> = {
  dns1123Label,
  dns1123Subdomain,
  dns1035Label,
  qualifiedName,
  dns1123LabelPrefix: asPrefix(dns1123Label),
  dns1123SubdomainPrefix: asPrefix(dns1123Subdomain),
  dns1035LabelPrefix: asPrefix(dns1035Label),
  labelValue,
  uri,
  uuid: (text) => (uuid.test(text) ? [] : ['does not match the UUID format']),
  byte: (text) => (base64.test(text) ? [] : ['invalid base64']),
  date: (text) => (isDate(text) ? [] : ['invalid date']),
  datetime: (text) => (isDate(dateTime.exec(text)?.[1] ?? '') ? [] : ['invalid datetime']),
};

function named(name: string): Format {
  return { [kind]: 'format', name };
}

export const formatFunctions: Library = {
  ...Object.fromEntries(Object.keys(checks).map((name) => [`format.${name}`, () => named(name)])),
  'format.named': ([name]) => {
    const text = stringArgument(name);
    return optional(Object.hasOwn(checks, text) ? named(text) : undefined);
  },
};

/** `format.X().validate(text)`: the problems, or none. */
export function validateFormat(args: readonly CelValue[]): CelValue {
  const check = ownOf(checks, specialArgument(args[0], 'format').name);
  if (check === undefined) throw new CelError('unknown format');
  const problems = check(stringArgument(args[1]));
  return optional(problems.length === 0 ? undefined : problems);
}
