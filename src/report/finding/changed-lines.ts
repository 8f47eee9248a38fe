/** The lines that a change adds or edits: for each file the first and last line of each stretch. */
export type ChangedLines = ReadonlyMap<string, readonly (readonly [first: number, last: number])[]>;

/** Reads a unified diff; of what it cannot read, no line counts as changed. */
export function readDiff(text: string): ChangedLines {
  const changed = new Map<string, [number, number][]>();
  let path: string | undefined;
  let line = 0;
  // Inside a hunk a line that starts with +++ is text.
  let left = { before: 0, after: 0 };
  for (const row of text.split('\n')) {
    if (left.before > 0 || left.after > 0) {
      if (row.startsWith('+')) {
        if (path !== undefined) addLine(changed, path, line);
        left.after -= 1;
        line += 1;
      } else if (row.startsWith('-')) left.before -= 1;
      else if (!row.startsWith('\\')) {
        left = { before: left.before - 1, after: left.after - 1 };
        line += 1;
      }
      continue;
    }
    if (row.startsWith('+++ ')) path = pathOf(row.slice(4));
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/u.exec(row);
    if (hunk === null) continue;
    line = Number(hunk[2]);
    left = { before: Number(hunk[1] ?? 1), after: Number(hunk[3] ?? 1) };
  }
  return changed;
}

export function isChanged(changed: ChangedLines, path: string, line: number): boolean {
  return changed.get(path)?.some(([first, last]) => first <= line && line <= last) ?? false;
}

// Git puts names with quotes, backslashes or control characters in quotes; nobody deploys such files.
function pathOf(name: string): string | undefined {
  const path = name.replace(/\t.*$/u, '').trimEnd();
  return path.startsWith('b/') ? path.slice(2) : undefined;
}

function addLine(changed: Map<string, [number, number][]>, path: string, line: number): void {
  const stretches = changed.get(path) ?? [];
  changed.set(path, stretches);
  const last = stretches.at(-1);
  if (last !== undefined && last[1] === line - 1) last[1] = line;
  else stretches.push([line, line]);
}
