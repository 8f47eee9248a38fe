// Writes the tables of docs/threats.md about mutation and fuzzing from what `npm run mutate` and `npm run fuzz` have counted; with
// --check only says whether they are current.
import { readFileSync } from 'node:fs';
import { defences, samples } from '../test/mutate/defences.mjs';
import { keepGenerated, markdownTable, withPart } from './generated-file.mjs';

const page = 'docs/threats.md';
const read = (file) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const json = (file) => JSON.parse(read(file));
const number = (value) => value.toLocaleString('en-US');
const cell = (text) => text.replaceAll('|', '\\|');

function mutation() {
  const [scores, survivors] = [json('test/mutate/scores.json'), json('test/mutate/survivors.json')];
  const scored = (tables) =>
    Object.values(tables)
      .flatMap((files) => Object.keys(files))
      .toSorted()
      .map((file) => [file, scores[file]]);
  const defending = scored(defences);
  const done = defending.filter(([, one]) => one?.score === 100).length;
  const reasons = Object.entries(survivors).flatMap(([file, known]) =>
    Object.entries(known).map(([name, why]) => [`\`${file}\``, `\`\` ${cell(name)} \`\``, cell(why)]),
  );
  return [
    `${number(changesIn(defending))} changes in ${defending.length} files that defend; in ${done} of them every change fails a test or has a reason.`,
    '',
    scoreTable(defending),
    '',
    'A sample of rules, of what policies are computed by, and of the validation of an API server, with the share that is noticed at least. It may only rise:',
    '',
    scoreTable(scored(samples)),
    '',
    'Changes that no test can notice:',
    '',
    markdownTable(['file', 'change', 'why'], reasons),
  ].join('\n');
}

function changesIn(entries) {
  return sum(entries.map(([, one]) => one?.changes ?? 0));
}

function scoreTable(entries) {
  const cells = (one) => (one === undefined ? ['–', '–'] : [number(one.changes), `${one.score}%`]);
  return markdownTable(
    ['file', 'changes', 'noticed'],
    entries.map(([file, one]) => [`\`${file}\``, ...cells(one)]),
  );
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
    markdownTable(
      ['target', 'inputs that coverage guided'],
      guided.map(([target, inputs]) => [`\`${target}\``, number(inputs)]),
    ),
    '',
    'The generators change. A row can be repeated with the one of the commit that recorded the result.',
    '',
    markdownTable(
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

keepGenerated(page, withPart(withPart(read(page), 'mutation', mutation()), 'fuzzing', fuzzing()));
