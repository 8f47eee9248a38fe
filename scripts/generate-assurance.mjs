// Writes the tables of docs/threats.md about mutation and fuzzing from what `npm run mutate` and `npm run fuzz` have counted; with
// --check only says whether they are current.
import { readFileSync } from 'node:fs';
import { keepGenerated } from './generated-file.mjs';

const page = 'docs/threats.md';
const read = (file) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const json = (file) => JSON.parse(read(file));
const number = (value) => value.toLocaleString('en-US');
const cell = (text) => text.replaceAll('|', '\\|');

function table(heads, rows) {
  return [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function mutation() {
  const [scores, survivors] = [json('test/mutate/scores.json'), json('test/mutate/survivors.json')];
  const entries = Object.entries(scores);
  const changes = sum(entries.map(([, one]) => one.changes));
  const done = entries.filter(([, { score }]) => score === 100).length;
  const reasons = Object.entries(survivors).flatMap(([file, known]) =>
    Object.entries(known).map(([name, why]) => [`\`${file}\``, `\`\` ${cell(name)} \`\``, cell(why)]),
  );
  return [
    `${number(changes)} changes in ${entries.length} files; in ${done} of them every change fails a test or has a reason.`,
    '',
    table(
      ['file', 'changes', 'noticed'],
      entries.map(([file, one]) => [`\`${file}\``, number(one.changes), `${one.score}%`]),
    ),
    '',
    'Changes that no test can notice:',
    '',
    table(['file', 'change', 'why'], reasons),
  ].join('\n');
}

function fuzzing() {
  const guided = Object.entries(json('test/fuzz/inputs.json')).sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const generated = json('test/fuzz/generated.json');
  const [byCoverage, byGenerators] = [
    sum(guided.map(([, inputs]) => inputs)),
    sum(generated.map(({ inputs }) => inputs)),
  ];
  return [
    `${number(byCoverage + byGenerators)} inputs so far: ${number(byCoverage)} that coverage guided, and ${number(byGenerators)} from generators.`,
    '',
    table(
      ['target', 'inputs that coverage guided'],
      guided.map(([target, inputs]) => [`\`${target}\``, number(inputs)]),
    ),
    '',
    'The generators change. A row can be repeated with the one of the commit that recorded the result.',
    '',
    table(
      ['generator', 'seeds', 'inputs', 'recorded in'],
      generated.map(({ command, seeds, inputs, recorded }) => [
        `\`${command}\``,
        seeds,
        number(inputs),
        `\`${recorded}\``,
      ]),
    ),
  ].join('\n');
}

function sum(numbers) {
  return numbers.reduce((all, one) => all + one, 0);
}

function withPart(text, name, part) {
  const [start, end] = [`<!-- ${name}: start -->`, `<!-- ${name}: end -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} has no part called ${name}`);
  return `${text.slice(0, from)}${start}\n\n${part}\n\n${text.slice(to)}`;
}

keepGenerated(page, withPart(withPart(read(page), 'mutation', mutation()), 'fuzzing', fuzzing()));
