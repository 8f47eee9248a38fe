import { addressPasswords, sourceNamePasswords } from './address-password.ts';
import { credentialsInScript } from './credentials-in-command.ts';
import { knownTokens } from './known-token.ts';
import { type NamedValue, namedValues } from './named-values.ts';
import { isBasicCredential, passwordsInLine } from './password-lines.ts';
import { privateKeys } from './private-key.ts';
import { recentTexts } from './recent-texts.ts';
import { secretKindOf } from './secret-name.ts';
import { isSecretValue } from './secret-value.ts';
import { type Stretch, withoutOverlaps } from './stretch.ts';

/** Where credentials stand in a text of any kind: a file of configuration, a script, one value. Takes linear time. */
export function credentialsInText(text: string): readonly Stretch[] {
  if (text.length < shortestLine) return nothing;
  return inLongText(text);
}

const nothing: readonly Stretch[] = [];

// The same texts stand in each environment, and one file may stand under hundreds of keys.
const inLongText = recentTexts(
  (text): readonly Stretch[] => withoutOverlaps([...credentialsByShape(text), ...credentialsByName(text)]),
  4_000_000,
);

/** What its shape tells, whatever stands around it. */
export function credentialsByShape(text: string): Stretch[] {
  return [
    ...knownTokens(text),
    ...addressPasswords(text),
    ...sourceNamePasswords(text),
    ...privateKeys(text),
  ];
}

/** What a name before it tells; comments hold examples. */
function credentialsByName(text: string): Stretch[] {
  const found: Stretch[] = [];
  const nameOf = namesBefore();
  let start = 0;
  for (const [number, line] of text.split('\n').entries()) {
    if (line.length >= shortestLine && !isComment(line)) {
      for (const pair of namedValues(line, start))
        if (isCredential({ ...pair, name: nameOf(pair, number) })) found.push(pair);
      found.push(...passwordsInLine(line, start), ...credentialsInScript(line, start));
    }
    start += line.length + 1;
  }
  return found;
}

const shortestLine = 6;

// The addresses of registries in .npmrc begin as comments do.
const comment = /^\s*(?:#|;|\/\/(?![\w.-]+\/)|--\s|\*\s|<!--|rem\s)/iu;

export function isComment(line: string): boolean {
  return comment.test(line);
}

/** By which name a value counts, line by line: a `value` belongs to the `name` in one of the lines before. */
export function namesBefore(): (pair: NamedValue, line: number) => string {
  let named: { readonly name: string; readonly line: number } | undefined;
  return (pair, line) => {
    const name = nameIn(pair);
    if (name !== undefined) named = { name, line };
    return isValue(pair) && named !== undefined && line - named.line <= 2 ? named.name : pair.name;
  };
}

/** `name: DB_PASSWORD` before `value: …`, and of an operation of a JSON patch the last step of its path. */
function nameIn({ name, value }: NamedValue): string | undefined {
  if (/^(?:name|key|parameter)$/iu.test(name)) return /^[\w.-]+$/u.test(value) ? value : undefined;
  return name === 'path' && value.startsWith('/') ? value.slice(value.lastIndexOf('/') + 1) : undefined;
}

function isValue({ name }: NamedValue): boolean {
  return /^(?:value|defaultValue)$/iu.test(name);
}

function isCredential({ name, value, isQuoted }: NamedValue): boolean {
  // The configuration of Docker, and shared access signatures of Azure.
  if (name === 'auth' || name === '_auth') return isBasicCredential(value);
  const kind = name === 'sig' ? 'key' : secretKindOf(name);
  if (kind === undefined || (!isQuoted && isExpression(value))) return false;
  return isSecretValue(name, kind, value, 'text');
}

/** Code that gets a secret: a call, `settings.password`, `headers["x"]`; anchors and aliases of YAML. */
export function isExpression(text: string): boolean {
  return (
    /^(?:[A-Za-z_][\w.:?!>-]*[([]|[&*])/u.test(text) || /^[A-Za-z_]\w*(?:\??\.[A-Za-z_]\w*)+$/u.test(text)
  );
}
