// Writes what docs/shards.md and docs/performance.md say of costs from what `node bench/fleet.mjs --record` and
// `RECORD=1 npm run bench peers` have measured; with --check only says whether they are current.
import { readFileSync } from 'node:fs';
import { keepGenerated, markdownTable, withPart } from './generated-file.mjs';

const read = (file) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const json = (file) => JSON.parse(read(file));
const number = (value) => Math.round(value).toLocaleString('en-US');
const million = 1_000_000;

/** The line that lies nearest to measured points: what comes with nothing, and what each further object costs. */
function lineThrough(points) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([one]) => one)), mean(points.map(([, one]) => one))];
  const slope =
    points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) /
    points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
  return { slope, at: (objects) => y + slope * (objects - x) };
}

const seconds = (value) => `${value.toFixed(value < 10 ? 1 : 0)} s`;
const minutes = (value) => `${(value / 60).toFixed(0)} min`;
const memory = (mebibytes) =>
  mebibytes < 1024 ? `${mebibytes.toFixed(0)} MiB` : `${(mebibytes / 1024).toFixed(1)} GiB`;

function fleetCosts() {
  const { shards, figures } = json('bench/fleet.json');
  const sides = ['alone', 'shard', 'merge'];
  const lineOf = (side, what) =>
    lineThrough(figures.flatMap((one) => (one[side] === undefined ? [] : [[one.objects, one[side][what]]])));
  const lines = sides.map((side) => ({ cpu: lineOf(side, 'cpu'), memory: lineOf(side, 'memory') }));
  const perThousand = (one, side) => ((one[side].cpu / one.objects) * 1000).toFixed(2);
  const growth = sides.map((side) => {
    const known = figures.filter((one) => one[side] !== undefined);
    return `${perThousand(known.at(0), side)} and ${perThousand(known.at(-1), side)} s`;
  });
  return [
    markdownTable(
      ['objects', 'one run', `the slowest of ${shards} shards`, 'merge'],
      [
        ...figures.map((one) => [
          number(one.objects),
          ...sides.map((side) =>
            one[side] === undefined
              ? 'beyond its limit'
              : `${seconds(one[side].cpu)}, ${memory(one[side].memory)}`,
          ),
        ]),
        [
          'each 1,000 more',
          ...lines.map(({ cpu, memory: held }) => {
            return `${(cpu.slope * 1000).toFixed(2)} s, ${(held.slope * 1000).toFixed(1)} MiB`;
          }),
        ],
        [
          'a million, extrapolated',
          ...lines.map(({ cpu, memory: held }) => `${minutes(cpu.at(million))}, ${memory(held.at(million))}`),
        ],
      ],
    ),
    '',
    `CPU seconds for 1,000 objects in the smallest and the largest fleet that was measured: ${growth[0]} in one run, ${growth[1]} in the slowest shard, and ${growth[2]} in \`merge\`.`,
  ].join('\n');
}

function peerCosts() {
  const { rows, missing } = json('bench/peers.json');
  const [ours] = rows;
  // A ratio says something only of two that do the same work.
  const ratioOf = (row) => {
    const other = rows.find(({ name }) => name === row.like);
    return other === undefined ? '' : `${(slopeOf(row) / slopeOf(other)).toFixed(2)}× ${other.name}`;
  };
  const slopeOf = ({ costs }) => lineThrough(costs.map(({ objects, cpu }) => [objects, cpu])).slope * 1000;
  const table = markdownTable(
    [
      'tool',
      'work',
      ...ours.costs.map(({ objects }) => `${number(objects)} objects`),
      'each 1,000 more',
      'for the same work',
    ],
    rows.map((row) => [
      row.name,
      row.work,
      ...row.costs.map(({ cpu, memory: held }) => `${cpu.toFixed(2)} s, ${memory(held)}`),
      `${slopeOf(row).toFixed(2)} s`,
      ratioOf(row),
    ]),
  );
  const earlier = rows.filter(({ isEarlier }) => isEarlier).map(({ name }) => name);
  const notes = [
    ...(earlier.length === 0
      ? []
      : ['', `Measured in an earlier run than the others: ${earlier.join(', ')}.`]),
    ...(missing.length === 0 ? [] : ['', `Not installed where this was measured: ${missing.join(', ')}.`]),
  ];
  return [table, ...notes].join('\n');
}

keepGenerated('docs/shards.md', withPart(read('docs/shards.md'), 'costs', fleetCosts()));
keepGenerated('docs/performance.md', withPart(read('docs/performance.md'), 'peers', peerCosts()));
