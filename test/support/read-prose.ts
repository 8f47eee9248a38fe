import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';
import { project } from './run-cli.ts';

/** A stretch of text that people read, with the place where it is written. */
export interface Prose {
  readonly place: string;
  readonly text: string;
}

/** What people read of the files below the paths: strings of modules, Markdown without code, messages and descriptions of YAML and JSON. */
export function readProse(paths: readonly string[], isLeftOut: (path: string) => boolean): Prose[] {
  return paths
    .flatMap(filesBelow)
    .filter((path) => !isLeftOut(path))
    .flatMap((path) => proseOf(path, readFileSync(join(project, path), 'utf8')));
}

function filesBelow(path: string): string[] {
  if (statSync(join(project, path)).isFile()) return [path];
  return readdirSync(join(project, path), { recursive: true, encoding: 'utf8' })
    .map((below) => `${path}/${below}`)
    .filter((file) => /\.(?:ts|md|ya?ml|json)$/u.test(file) && !file.endsWith('.d.ts'));
}

function proseOf(path: string, text: string): Prose[] {
  if (path.endsWith('.ts')) return stringsOf(path, text);
  if (path.endsWith('.md')) return proseOfMarkdown(path, text);
  return linesOf(path, text).filter((line) =>
    /^\s*"?(?:message|messageExpression|description)"?:/u.test(line.text),
  );
}

function linesOf(path: string, text: string): Prose[] {
  return text.split('\n').map((line, index) => ({ place: `${path}:${index + 1}`, text: line }));
}

// Names of other modules are strings as well, but have no spaces.
function stringsOf(path: string, text: string): Prose[] {
  const found: Prose[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, start, end } = node as { type?: string; start?: number; end?: number };
    if (type === 'Literal' || type === 'TemplateElement') {
      const words = text.slice(start, end);
      const line = text.slice(0, start).split('\n').length;
      if (/\s/u.test(words)) found.push({ place: `${path}:${line}`, text: words });
    } else Object.values(node).forEach(visit);
  };
  visit(parseAst(text, { lang: 'ts' }, path));
  return found;
}

// Of code only what a run prints counts, and what a page says that it prints.
function proseOfMarkdown(path: string, text: string): Prose[] {
  let fence: string | undefined;
  return linesOf(path, text).map(({ place, text: line }) => {
    const edge = /^\s*```(\w*)/u.exec(line);
    if (edge !== null) fence = fence === undefined ? edge[1] || 'text' : undefined;
    const isProse = fence === undefined || fence === 'text' || fence === 'console';
    return { place, text: isProse ? line.replaceAll(/``.*?``|`[^`]*`|\]\([^)]*\)/gu, '') : markOf(line) };
  });
}

function markOf(line: string): string {
  return /(?:error|warning|note): \[[\w-]+\] "(.*)"/u.exec(line)?.[1] ?? '';
}
