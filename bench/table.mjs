/** Prints one comparison: a row a side, and how many times as long each takes as the first. */
export function printComparison(title, sides, notes = []) {
  const [[, first]] = Object.entries(sides);
  const rows = Object.entries(sides).map(([name, { wall, cpu }]) => [
    name,
    milliseconds(wall),
    ratio(wall, first.wall),
    milliseconds(cpu),
    ratio(cpu, first.cpu),
  ]);
  print(title, [['', 'wall', '', 'CPU', ''], ...rows], notes);
}

/** Prints rows with aligned columns; the first one is left-aligned. */
export function print(title, rows, notes = []) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))),
  );
  const text = lines.map((cells) => `  ${cells.join('  ')}`.trimEnd()).join('\n');
  process.stdout.write(`\n${title}\n${text}\n${notes.map((note) => `  ${note}\n`).join('')}`);
}

/** Says that a target is met, or by how much it is not. */
export function target(words, isMet) {
  return `${isMet ? 'met' : 'MISSED'}: ${words}`;
}

export function skip(title, program) {
  process.stdout.write(`\n${title}\n  skipped: ${program}\n`);
}

export function milliseconds(seconds) {
  const text = seconds < 10 ? (seconds * 1000).toFixed(0) : `${seconds.toFixed(1)} s`;
  return seconds < 10 ? `${text} ms` : text;
}

export function ratio(value, base) {
  return `${(value / base).toFixed(2)}x`;
}
