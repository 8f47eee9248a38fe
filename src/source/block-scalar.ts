/**
 * A folded scalar after kustomize wrote it out and read it again, as it does at the end of a build: go-yaml v3.0.5
 * doubles the line break before a line that starts with a blank (emitterc.go looks at the start of the text instead of
 * the place it stands at).
 */
export function foldedAgain(value: string): string {
  if (!/^[ \t]|\n[ \t]|\n\n$/.test(value) || isQuotedInstead(value)) return value;
  return fold(emittedLines(value), value);
}

/** Whether go-yaml writes it as a block scalar whose first line starts with a tab, without the digit that would tell its indentation. */
export function isUnreadableAgain(value: string): boolean {
  return value.startsWith('\t') && !isQuotedInstead(value);
}

/** Whether go-yaml writes it as a block scalar that keeps the line breaks at its end. */
export function isKeptAgain(value: string): boolean {
  return /(?:^|\n)\n$/.test(value) && !isQuotedInstead(value);
}

// With these go-yaml chooses double quotes, which lose nothing.
function isQuotedInstead(value: string): boolean {
  return / (?:\n|$)|[\r\u0085\u2028\u2029\ufeff\u{10000}-\u{10ffff}]/u.test(value);
}

/** The lines that go-yaml writes: an empty one more for each line break between lines that do not start with a blank. */
function emittedLines(value: string): string[] {
  const isDoubling = doublesBreaks(value);
  const lines: string[] = [];
  for (const line of value.slice(0, endOfText(value)).split('\n')) {
    const last = lines.at(-1);
    const isAfterText = last !== undefined && last !== '' && !isIndented(last);
    if (isAfterText && isDoubling) lines.push('');
    lines.push(line);
  }
  return lines;
}

function fold(lines: readonly string[], value: string): string {
  let text = '';
  let blanks = 0;
  let previous: string | undefined;
  for (const line of lines) {
    if (line === '') {
      blanks += 1;
      continue;
    }
    if (previous === undefined) text += '\n'.repeat(blanks);
    else if (isIndented(previous) || isIndented(line)) text += '\n'.repeat(blanks + 1);
    else text += blanks === 0 ? ' ' : '\n'.repeat(blanks);
    text += line;
    blanks = 0;
    previous = line;
  }
  return text + endOf(value, previous);
}

/** Where the line breaks at the end begin. */
function endOfText(value: string): number {
  let end = value.length;
  while (value.charCodeAt(end - 1) === 10) end -= 1;
  return end;
}

// Of several breaks at the end the first is doubled, too; a single one is clipped anyway.
function endOf(value: string, lastLine: string | undefined): string {
  const end = value.slice(endOfText(value));
  const isDoubled = end.length > 1 && lastLine !== undefined && !isIndented(lastLine) && doublesBreaks(value);
  return isDoubled ? `${end}\n` : end;
}

function doublesBreaks(value: string): boolean {
  return !/^\n*[ \t]/.test(value);
}

function isIndented(line: string): boolean {
  return line.startsWith(' ') || line.startsWith('\t');
}
