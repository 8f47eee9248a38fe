import type { SourceFile } from '../diagnostic/source-file.ts';

/** A word of a command, quotes taken away, and where its text begins and ends. */
export interface ShellWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A simple command as POSIX calls it: words up to an operator, a redirection or the end of the line. */
export type ShellCommand = readonly ShellWord[];

/** The files that hold commands: scripts, and guides with commands in fenced blocks. */
export const commandFile = /\.(?:md|markdown|sh|bash|zsh|ps1)$/iu;

/** The commands of a script, or of the fenced blocks of a Markdown file that are for a shell. */
export function shellCommands(file: SourceFile): ShellCommand[] {
  const blocks = /\.(?:md|markdown)$/iu.test(file.path)
    ? fencedBlocks(file.text)
    : [{ start: 0, end: file.text.length }];
  return blocks.flatMap(({ start, end }) => commandsBetween(file.text, start, end));
}

interface Block {
  readonly start: number;
  readonly end: number;
}

const shells: ReadonlySet<string> = new Set([
  '',
  'sh',
  'bash',
  'zsh',
  'shell',
  'console',
  'shell-session',
  'terminal',
  'powershell',
  'pwsh',
  'ps1',
]);

/** What stands between fences of CommonMark whose info string names a shell, or nothing. */
function fencedBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let open: { readonly fence: string; readonly info: string; readonly start: number } | undefined;
  for (const match of text.matchAll(/^[ \t>]*(`{3,}|~{3,})[ \t]*\{?\.?([\w-]*)[^\n]*(?:\n|$)/gmu)) {
    const [line, fence = '', info = ''] = match;
    if (open === undefined) open = { fence, info: info.toLowerCase(), start: match.index + line.length };
    else if (fence.startsWith(open.fence) && info === '') {
      if (shells.has(open.info)) blocks.push({ start: open.start, end: match.index });
      open = undefined;
    }
  }
  return blocks;
}

// A redirection ends a command here as well, for `<name>` is a placeholder more often.
const operator = /[\n;|&()`<>]/u;

function commandsBetween(text: string, from: number, to: number): ShellCommand[] {
  const commands: ShellWord[][] = [[]];
  let at = from;
  while (at < to) {
    const rest = text.slice(at, Math.min(to, at + 3));
    // A line goes on after a backslash, or after PowerShell's backtick.
    const continued = /^[\\`]\r?\n/u.exec(rest)?.[0];
    const character = text[at] ?? '';
    if (continued !== undefined) at += continued.length;
    else if (character === '#') at = endOfLine(text, at, to);
    else if (operator.test(character)) {
      if (commands.at(-1)?.length !== 0) commands.push([]);
      at += 1;
    } else if (/\s/u.test(character)) at += 1;
    else {
      const { word, next } = wordAt(text, at, to);
      // Of a word before a redirection or a placeholder nobody knows where it ends.
      if (!/[<>]/u.test(text[next] ?? '')) commands.at(-1)?.push(word);
      at = next;
    }
  }
  return commands.filter((command) => command.length > 0);
}

function wordAt(text: string, from: number, to: number): { readonly word: ShellWord; readonly next: number } {
  let at = from;
  let content = '';
  let quote = '';
  for (; at < to; at++) {
    const character = text[at] ?? '';
    if (quote !== '') {
      if (character === quote) quote = '';
      else content += character;
    } else if (character === '"' || character === "'") quote = character;
    else if (
      /\s/u.test(character) ||
      operator.test(character) ||
      (character === '\\' && /^\\\r?\n/u.test(text.slice(at, at + 3)))
    )
      break;
    else content += character;
  }
  const isQuoted = /["']/u.test(text[from] ?? '') && content.length === at - from - 2;
  const inner = isQuoted ? 1 : 0;
  return { word: { text: content, start: from + inner, end: at - inner }, next: at };
}

function endOfLine(text: string, from: number, to: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 || newline > to ? to : newline;
}
