// How every generator ends: a file is written, or with --check only compared.
import { readFileSync, writeFileSync } from 'node:fs';

const root = new URL('..', import.meta.url);

/** Writes a file of the project; with --check says whether it is current and sets the exit code. */
export function keepGenerated(path, text) {
  const target = new URL(path, root);
  if (currentText(target) === text) return;
  if (!process.argv.includes('--check')) {
    writeFileSync(target, text);
    return;
  }
  console.error(`${path} is not current: run npm run generate`);
  process.exitCode = 1;
}

function currentText(target) {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return undefined;
  }
}

/** A text with another part between its comments `<!-- name: start -->` and `<!-- name: end -->`. */
export function withPart(text, name, part) {
  const [start, end] = [`<!-- ${name}: start -->`, `<!-- ${name}: end -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`there is no part called ${name}`);
  return `${text.slice(0, from)}${start}\n\n${part}\n\n${text.slice(to)}`;
}

/** A table of Markdown. */
export function markdownTable(heads, rows) {
  return [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
