import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import { syntaxFinding } from './syntax-finding.ts';

/** The text of a file, without a byte order mark, or the finding that says why it is none. */
export function decodeText(path: string, bytes: Uint8Array): { file: SourceFile; diagnostic?: Diagnostic } {
  const empty = { path, text: '' };
  const encoding = encodingOf(bytes);
  if (mayBeUtf16(bytes)) return { file: empty, diagnostic: unread(empty, 'the file is UTF-16') };
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (encoding !== 'utf-8') return { file: { path, text, isUtf16: true } };
    const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    return { file: hasByteOrderMark ? { path, text, hasByteOrderMark } : { path, text } };
  } catch {
    const problem =
      encoding === 'utf-8' ? `UTF-8: ${firstInvalid(bytes)}` : 'UTF-16, although its byte order mark says so';
    return { file: empty, diagnostic: unread(empty, `the file is not ${problem}`) };
  }
}

/** A text as its bytes are, with its byte order mark and with U+FFFD where a character is none. */
export function decodeAsIs(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes), { ignoreBOM: true }).decode(bytes);
}

/** The bytes as characters, for words in ASCII to be looked for in: a hundred times faster than to decode every file. */
export function wordsOf(bytes: Uint8Array): string {
  const words = new TextDecoder('latin1').decode(bytes);
  return encodingOf(bytes) === 'utf-8' ? words : words.replaceAll('\0', '');
}

/** By the byte order mark, as go-yaml and Argo CD tell it. */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

/** By the zero byte that the first two ASCII characters have in either order: without a mark no reader takes it. */
function mayBeUtf16([first, second, third, fourth]: Uint8Array): boolean {
  return (first === 0 && second !== 0 && third === 0) || (first !== 0 && second === 0 && fourth === 0);
}

function unread(file: SourceFile, message: string): Diagnostic {
  return syntaxFinding('not-utf8', file, [0, 0], message, 'save the file as UTF-8');
}

function firstInvalid(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8').decode(bytes);
  const line = text.slice(0, text.indexOf('\ufffd')).split('\n').length;
  return `line ${line}`;
}
