import { lineColumn } from '../../src/report/finding/line-column.ts';
import type { Finding } from '../../src/report/report.ts';

/**
 * `rule file: line`, where a line is told by its text and by as many of those around it as make it the only one of its file, so
 * that lines may come and go above it: `containers: > - name: web > resources:`.
 */
export function placeOf({ rule, span: { file, start } }: Finding): string {
  const lines = file.text.split('\n');
  return `${rule} ${file.path.replace(/^k8s\//u, '')}: ${markOf(lines, lineColumn(file, start).line - 1)}`;
}

function markOf(lines: readonly string[], index: number): string {
  const chain = chainOf(lines, index);
  for (let length = 1; length <= chain.length; length++) {
    const mark = chain.slice(-length);
    const others = lines.filter((_, other) => other !== index && endsWith(chainOf(lines, other), mark));
    if (others.length === 0) return mark.join(' > ');
  }
  const same = lines.slice(0, index + 1).filter((_, other) => endsWith(chainOf(lines, other), chain));
  return `${chain.join(' > ')} (${same.length})`;
}

function endsWith(chain: readonly string[], end: readonly string[]): boolean {
  return end.every((text, index) => chain[chain.length - end.length + index] === text);
}

/** A line and those that it is a part of, the outermost first. */
function chainOf(lines: readonly string[], index: number): string[] {
  const chain = [(lines[index] ?? '').trim()];
  let depth = depthOf(lines[index] ?? '');
  for (let above = index - 1; above >= 0 && depth > 0; above--) {
    const line = lines[above] ?? '';
    if (/^ *(?:#|$)/u.test(line) || depthOf(line) >= depth) continue;
    depth = depthOf(line);
    chain.unshift(line.trim());
  }
  return chain;
}

/** How far the keys of a line are to the right: those of a list's item stand behind its dash. */
function depthOf(line: string): number {
  return /^ *(?:- )*/u.exec(line)?.[0].length ?? 0;
}
