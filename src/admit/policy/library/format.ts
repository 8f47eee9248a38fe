import { CelError } from '../cel-error.ts';
import { type CelValue, type Format, kind, optional } from '../cel-value.ts';
import { type Library, specialArgument, stringArgument } from './argument.ts';
import { parseTimestamp } from './time.ts';

type Check = (text: string) => readonly string[];

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const label1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const qualifiedPart = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

function limited(text: string, limit: number, pattern: RegExp, what: string): string[] {
  const problems = text.length > limit ? [`must be no more than ${limit} characters`] : [];
  // The patterns have no nested repetition over the same characters, and the text is cut before they see it.
  return pattern.test(text.slice(0, limit + 1)) ? problems : [...problems, what];
}

const dns1123Label: Check = (text) => limited(text, 63, label, 'must be a lowercase RFC 1123 label');
const dns1123Subdomain: Check = (text) =>
  limited(text, 253, subdomain, 'must be a lowercase RFC 1123 subdomain');
const dns1035Label: Check = (text) => limited(text, 63, label1035, 'must be a DNS-1035 label');
const labelValue: Check = (text) =>
  text === '' ? [] : limited(text, 63, qualifiedPart, 'must be a valid label value');

/** `k8s.io/apimachinery/pkg/api/validation` lets a trailing dash stand where a name is a prefix of a generated one. */
function asPrefix(check: Check): Check {
  return (text) => check(text.endsWith('-') && text.length > 1 ? `${text.slice(0, -1)}a` : text);
}

function qualifiedName(text: string): readonly string[] {
  const parts = text.split('/');
  if (parts.length > 2) return ['a qualified name has one slash at most'];
  const prefix = parts.length === 2 ? dns1123Subdomain(parts[0] ?? '') : [];
  return [...prefix, ...limited(parts.at(-1) ?? '', 63, qualifiedPart, 'name part must be a qualified name')];
}

function isUri(text: string): boolean {
  return text.startsWith('/') || URL.canParse(text);
}

const checks: Readonly<Record<string, Check>> = {
  dns1123Label,
  dns1123Subdomain,
  dns1035Label,
  qualifiedName,
  dns1123LabelPrefix: asPrefix(dns1123Label),
  dns1123SubdomainPrefix: asPrefix(dns1123Subdomain),
  dns1035LabelPrefix: asPrefix(dns1035Label),
  labelValue,
  uri: (text) => (isUri(text) ? [] : ['must be a URI']),
  uuid: (text) =>
    limited(
      text.toLowerCase(),
      36,
      /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/,
      'must be a UUID',
    ),
  byte: (text) => (/^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0 ? [] : ['must be base64']),
  date: (text) => (parseTimestamp(`${text}T00:00:00Z`) === undefined ? ['must be a date'] : []),
  datetime: (text) => (parseTimestamp(text) === undefined ? ['must be an RFC 3339 date and time'] : []),
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
  const check = checks[specialArgument(args[0], 'format').name];
  if (check === undefined) throw new CelError('unknown format');
  const problems = check(stringArgument(args[1]));
  return optional(problems.length === 0 ? undefined : problems);
}
