// Draws the first finding on a terminal: FORCE_COLOR=1 npx cdb-lint k8s/ | node scripts/draw-finding.mjs > docs/finding.svg
import { readFileSync } from 'node:fs';

const cell = { width: 8.1, height: 19 };
const margin = 16;
const escapes = new RegExp(`${String.fromCharCode(27)}\\[([\\d;]*)m`, 'u');
// The styles of src/report/terminal/colour.ts, by the codes that it writes.
const styles = { '1;31': 'e', '1;33': 'w', '1;36': 'n', 32: 'g', 1: 's', 2: 'f', 36: 'p' };

/** The first finding of what a terminal with colours shows, as a picture that follows the reader's light or dark. */
function drawFinding(output) {
  const lines = ['$ npx cdb-lint k8s/', '', ...firstFinding(output).split('\n')];
  const longest = Math.max(...lines.map((line) => Array.from(plain(line)).length));
  const width = Math.ceil(2 * margin + longest * cell.width);
  const height = 2 * margin + lines.length * cell.height;
  const rows = lines.map(
    (line, row) => `<text x="${margin}" y="${margin + 14 + row * cell.height}">${spans(line)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" xml:space="preserve">
<title>A finding of cdb-lint on the terminal</title>
<style>
rect{fill:#f6f8fa;stroke:#d1d9e0}
text{fill:#1f2328;font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;white-space:pre}
.e{fill:#c9182b}.w{fill:#8a5a00}.n,.p{fill:#0b6b80}.g{fill:#1a7f37}.f{fill:#59636e}.e,.w,.n,.s{font-weight:bold}
@media(prefers-color-scheme:dark){
rect{fill:#0d1117;stroke:#3d444d}
text{fill:#e6edf3}
.e{fill:#ff7b72}.w{fill:#e3b341}.n,.p{fill:#56d4dd}.g{fill:#56d364}.f{fill:#9198a1}
}
</style>
<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8"/>
${rows.join('\n')}
</svg>
`;
}

/** The section of the first error; tables and counts are around it. */
function firstFinding(output) {
  return output.split('\n\n').find((section) => plain(section).startsWith('error[')) ?? '';
}

function plain(line) {
  return line
    .split(escapes)
    .filter((_, index) => index % 2 === 0)
    .join('');
}

/** Text between two escapes has the style of the first one; `split` puts the codes at the odd places. */
function spans(line) {
  const parts = line.split(escapes);
  return parts
    .map((part, index) => {
      if (index % 2 === 1 || part === '') return '';
      const text = part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      const style = styles[parts[index - 1]];
      return style === undefined ? text : `<tspan class="${style}">${text}</tspan>`;
    })
    .join('');
}

process.stdout.write(drawFinding(readFileSync(0, 'utf8')));
