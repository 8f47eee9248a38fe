/** One file in two versions. */
export interface ChangedText {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** The same line by line as they may be shown, where that is not as they are. */
  readonly shownBefore?: string;
  readonly shownAfter?: string;
}

const context = 3;

/** What changed, as `git apply` reads it where all is shown. */
export function unifiedDiff(files: readonly ChangedText[]): string {
  return files.map(fileDiff).join('');
}

function fileDiff({ path, before, after, shownBefore, shownAfter }: ChangedText): string {
  const rows = shownRows(
    diffRows(linesOf(before), linesOf(after)),
    linesOf(shownBefore ?? before),
    linesOf(shownAfter ?? after),
  );
  const hunks = hunksOf(rows);
  if (hunks.length === 0) return '';
  return [`--- ${quoted(`a/${path}`)}\n+++ ${quoted(`b/${path}`)}\n`, ...hunks.map(hunkText)].join('');
}

interface Row {
  readonly mark: ' ' | '-' | '+';
  readonly line: string;
}

function shownRows(rows: readonly Row[], before: readonly string[], after: readonly string[]): Row[] {
  let [old, fresh] = [0, 0];
  return rows.map(({ mark, line }) => {
    const shown = mark === '-' ? before[old] : after[fresh];
    if (mark !== '+') old += 1;
    if (mark !== '-') fresh += 1;
    return { mark, line: shown ?? line };
  });
}

/** Lines with their ends; the last one may have none. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
}

/** Keeps what is the same at both ends, and between them the longest common part. */
function diffRows(before: readonly string[], after: readonly string[]): Row[] {
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) start++;
  let end = 0;
  while (end < shortest - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const same = (line: string): Row => ({ mark: ' ', line });
  return [
    ...before.slice(0, start).map(same),
    ...middleRows(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

// A table of more would take seconds; the diff is right all the same, only longer.
const mostCells = 4_000_000;

function middleRows(before: readonly string[], after: readonly string[]): Row[] {
  if (before.length * after.length > mostCells)
    return [
      ...before.map((line): Row => ({ mark: '-', line })),
      ...after.map((line): Row => ({ mark: '+', line })),
    ];
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const rows: Row[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const isSame = i < before.length && j < after.length && before[i] === after[j];
    if (isSame) rows.push({ mark: ' ', line: before[i] ?? '' });
    else if (j >= after.length || (i < before.length && at(i + 1, j) >= at(i, j + 1))) {
      rows.push({ mark: '-', line: before[i++] ?? '' });
      continue;
    } else {
      rows.push({ mark: '+', line: after[j++] ?? '' });
      continue;
    }
    i++;
    j++;
  }
  return rows;
}

interface Hunk {
  readonly rows: readonly Row[];
  /** The rows before it, of either version. */
  readonly from: number;
  readonly to: number;
}

function hunksOf(rows: readonly Row[]): Hunk[] {
  const hunks: Hunk[] = [];
  let at = 0;
  for (;;) {
    const first = rows.findIndex(({ mark }, index) => index >= at && mark !== ' ');
    if (first < 0) return hunks;
    const start = Math.max(at, first - context);
    let last = first;
    for (let index = first; index < rows.length && index - last <= 2 * context; index++)
      if (rows[index]?.mark !== ' ') last = index;
    const end = Math.min(rows.length, last + 1 + context);
    const above = rows.slice(0, start);
    hunks.push({
      rows: rows.slice(start, end),
      from: above.filter(({ mark }) => mark !== '+').length,
      to: above.filter(({ mark }) => mark !== '-').length,
    });
    at = end;
  }
}

function hunkText({ rows, from, to }: Hunk): string {
  const range = (before: number, count: number): string => `${count === 0 ? before : before + 1},${count}`;
  const old = rows.filter(({ mark }) => mark !== '+').length;
  const fresh = rows.filter(({ mark }) => mark !== '-').length;
  const lines = rows.map(({ mark, line }) =>
    line.endsWith('\n') ? `${mark}${line}` : `${mark}${line}\n\\ No newline at end of file\n`,
  );
  return `@@ -${range(from, old)} +${range(to, fresh)} @@\n${lines.join('')}`;
}

const odd = /["\\\p{Cc}]/gu;

/** Git puts a name with such characters into quotes, as C does. */
function quoted(path: string): string {
  const escaped = path.replaceAll(odd, (one) =>
    /["\\]/u.test(one) ? `\\${one}` : `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return escaped === path ? path : `"${escaped}"`;
}
