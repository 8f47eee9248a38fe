import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { openWordIn } from '../object/open-word.ts';

const ofValues: ReadonlySet<string> = new Set(['invalid-value', 'unsupported-value', 'wrong-type']);

/** The word for which whoever applies the object is to write a value, if the value consists of such words or has some. */
export function openWords({ rule, span: { file, start, end } }: Diagnostic): string | undefined {
  if (!ofValues.has(rule)) return undefined;
  const value = file.text.slice(start, end);
  const word = openWordIn(value) ?? askingWords(value);
  if (word !== undefined || rule !== 'wrong-type') return word;
  // `password: [your-token]` is a list to YAML, and was meant as a gap to fill in.
  const [line = ''] = file.text.slice(start).split('\n', 1);
  return /^(?:[^\s:]+:\s+)?(\[[A-Za-z]+(?:[- _]+[A-Za-z]+)+\])\s*$/u.exec(line)?.[1];
}

/** Whether a value has a placeholder of the Vault plugin of Argo CD, such as `<path:team/login#host>`: no field takes one as it stands. */
export function isForVaultPlugin({ rule, span: { file, start, end } }: Diagnostic): boolean {
  return ofValues.has(rule) && /<path:[^<>\s#]+#[^<>\s]+>/u.test(file.text.slice(start, end));
}

const asking =
  /(?:^|[^a-z])(?:changeme|insert|placeholder|your)(?:$|[^a-z])|(?:change|replace)[-_ ](?:me|this|with)|\w\.\.\.$/iu;

/** A value that says what to write in its place, as `your-certificate-in-base64` does, or that was cut off, as `shop.example...`. */
function askingWords(value: string): string | undefined {
  const plain = value.trim().replace(/^["']|["']$/gu, '');
  return plain.length <= 200 && !plain.includes('\n') && asking.test(plain) ? plain : undefined;
}

/** Whether a file that no build reads leaves the name of its object empty, for whoever applies it to write. */
export function isNameLeftEmpty({ rule, message, entryPoint, span }: Diagnostic): boolean {
  if (rule !== 'required-field-missing' || entryPoint !== undefined) return false;
  if (!message.startsWith('name is required: must be set, or generateName')) return false;
  const { text } = span.file;
  const [line = ''] = text.slice(text.lastIndexOf('\n', span.start - 1) + 1).split('\n', 1);
  return /^\s*name:\s*(?:null|~|""|'')?\s*$/u.test(line);
}
