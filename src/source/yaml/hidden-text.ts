import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { SourceFile } from '../../diagnostic/source-file.ts';
import { syntaxFinding } from '../syntax-finding.ts';

/**
 * refused: go-yaml reads nothing of a text with it. break: it ends a line, and so a comment, for go-yaml and for no editor. hides: it turns
 * text around or is not drawn at all, so that a reviewer sees something else than what is read.
 */
type Effect = 'refused' | 'break' | 'hides';

interface HiddenCharacters {
  readonly effect: Effect;
  readonly what: string;
  readonly pattern: RegExp;
}

// The readers of kustomize, kubectl, Flux and Argo CD agree on all of these (test/fuzz/yaml.mjs).
const refused = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;
const table: readonly HiddenCharacters[] = [
  { effect: 'refused', what: 'a control character', pattern: refused },
  { effect: 'break', what: 'a carriage return by itself', pattern: /\r/ },
  { effect: 'break', what: 'an unusual line break', pattern: /[\x85\u2028\u2029]/ },
  {
    effect: 'hides',
    what: 'a mark that reverses the text direction',
    pattern: /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
  },
  { effect: 'hides', what: 'a byte order mark', pattern: /\ufeff/ },
  { effect: 'hides', what: 'an invisible character', pattern: /./su },
];

// Each is looked for by itself, so that none may be taken for a part of the one before it.
const drawnByNobody =
  '\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180e\\u200b-\\u200f';
const turningOrHiding =
  '\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb\\ufffe\\uffff';
const suspicious = new RegExp(
  `\\r(?!\\n)|[${drawnByNobody}${turningOrHiding}]|\\udb40[\\udc00-\\udfff]`,
  'g',
);

// Nearly all texts have no other character, which one class tells faster than many.
const other = /[^\n -~]/;

const maxFindings = 20;

/** What a text holds that a reviewer does not see, each at its place; `unchecked` where the text is not read because of it. */
export function findHiddenText(file: SourceFile): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (!other.test(file.text)) return found;
  for (const match of file.text.matchAll(suspicious)) {
    if (isInnocent(file, match.index, match[0])) continue;
    found.push(describe(file, match.index, match[0]));
    if (found.length === maxFindings) break;
  }
  // However many others stand before it, what makes a text unreadable is told.
  const first = refused.exec(file.text);
  if (first !== null && found.every(({ span }) => span.start !== first.index))
    found.push(describe(file, first.index, first[0]));
  return found;
}

function describe(file: SourceFile, at: number, character: string): Diagnostic {
  const { effect, what } = table.find(({ pattern }) => pattern.test(character)) as HiddenCharacters;
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const range = [at, at + character.length] as const;
  const help = 'remove the character, or write it as an escape in double quotes';
  if (effect === 'refused')
    return syntaxFinding('yaml-syntax', file, range, `the character ${code} is not allowed here`, help);
  const consequence =
    effect === 'break'
      ? 'ends a line, and a comment, for Kubernetes: what follows is read although it looks like part of this line'
      : 'hides content from anyone who reads this file';
  const message = `${code}, ${what}, ${consequence}`;
  const { unchecked: _, ...finding } = syntaxFinding('hidden-text', file, range, message, help);
  return isInProse(file.text, at, character) ? { ...finding, severity: 'warning' } : finding;
}

const fourWords = /(?:\p{L}{2,}[,;:.]?[ ]+){4}[^\n]*$/u;
const widthless: ReadonlySet<string> = new Set(['\xad', '\u200b', '\u2060', '\ufeff']);
const ofWord = /[\p{L}\p{N}]/u;

/** Whether a character without width stands beside a word of a sentence, as copied web pages have them, and not inside one. */
function isInProse(text: string, at: number, character: string): boolean {
  if (!widthless.has(character)) return false;
  const before = text.slice(Math.max(0, at - 200), at);
  const isInside = ofWord.test(before.slice(-1)) && ofWord.test(text.slice(at + 1, at + 2));
  return !isInside && fourWords.test(before);
}

const emojiBefore = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u;
const emojiBehind = /^\p{Extended_Pictographic}/u;
// Digits, `#` and `*` are drawn another way only on a key, which stands behind.
const drawnBefore = /(?![\0-\x7f])[\p{Emoji}\p{S}]\ufe0f?$/u;
const onKey = /[\d#*]$/u;
// Scripts whose letters are joined, or kept apart, by such a character within a word.
const joining =
  /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Mongolian}]/u;

/** Whether the character belongs to what is drawn beside it: an emoji of several parts, or letters of a script that needs it. */
function isInnocent({ text, hasByteOrderMark }: SourceFile, at: number, character: string): boolean {
  // A mark at the very start tells the encoding, and no reader takes it for a part of the text.
  if (character === '\ufeff') return at === 0 && hasByteOrderMark !== true;
  const before = text.slice(Math.max(0, at - 3), at);
  const behind = text.slice(at + character.length, at + character.length + 2);
  if (character === '\ufe0f' || character === '\ufe0e')
    return (
      drawnBefore.test(before) ||
      drawnBefore.test(escapedBefore(text.slice(Math.max(0, at - 10), at))) ||
      (onKey.test(before) && behind.startsWith('\u20e3'))
    );
  if (character !== '\u200d' && character !== '\u200c') return false;
  if (character === '\u200d' && emojiBefore.test(before) && emojiBehind.test(behind)) return true;
  return joining.test(before.slice(-1)) && joining.test(behind.slice(0, 1));
}

/** What an escape in double quotes stands for, as programs write emoji. */
function escapedBefore(before: string): string {
  const digits = /\\(?:U(00[\da-f]{6})|u([\da-f]{4}))$/iu.exec(before);
  const code = Number.parseInt(digits?.[1] ?? digits?.[2] ?? '', 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
