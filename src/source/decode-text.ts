import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import { syntaxFinding } from './syntax-finding.ts';

/** The text of a file, without a byte order mark, or the finding that says why it is none. */
export function decodeText(path: string, bytes: Uint8Array): { file: SourceFile; diagnostic?: Diagnostic } {
  const empty = { path, text: '' };
  if (isUtf16(bytes)) return { file: empty, diagnostic: notReadAs16(empty, bytes) };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    return { file: hasByteOrderMark ? { path, text, hasByteOrderMark } : { path, text } };
  } catch {
    return { file: empty, diagnostic: notUtf8(empty, `the file is not UTF-8: ${firstInvalid(bytes)}`) };
  }
}

/** With a byte order mark, or with the zero byte that the first two ASCII characters have in either order. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second, third, fourth] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return (first === 0 && second !== 0 && third === 0) || (first !== 0 && second === 0 && fourth === 0);
}

/** With a byte order mark go-yaml reads it, so that whoever deploys it finds nothing wrong: here it is what is not checked. */
function notReadAs16(file: SourceFile, [first = 0]: Uint8Array): Diagnostic {
  const finding = notUtf8(file, 'the file is UTF-16');
  return first >= 0xfe ? { ...finding, severity: 'warning' } : finding;
}

function notUtf8(file: SourceFile, message: string): Diagnostic {
  return syntaxFinding('not-utf8', file, [0, 0], message, 'save the file as UTF-8');
}

function firstInvalid(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8').decode(bytes);
  const line = text.slice(0, text.indexOf('\ufffd')).split('\n').length;
  return `line ${line}`;
}
