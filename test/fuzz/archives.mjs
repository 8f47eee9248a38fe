// `npm run fuzz:archives [COUNT [SEED]]`: what is read of tar archives here beside what Go reads, and so Helm. Needs Go.
import { loadInternals } from '../../bench/load-internals.mjs';
import { compareInputs, withGoOracle } from './go-oracle.mjs';

const [count = '20000', seed = String(Date.now() % 1e6)] = process.argv.slice(2);
const { generateArchive, randomNumbers, readTar } = await loadInternals(
  new URL('archive/internals.ts', import.meta.url).href,
);
const random = randomNumbers(Number(seed));
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const isWrong = (verdict) => verdict === 'missed' || verdict === 'different';

withGoOracle('archive/oracle', (ask) => {
  compareInputs({ count: Number(count), seed, what: 'archives', isWrong }, (some, note) => {
    const archives = Array.from({ length: some }, () => generateArchive(random));
    ask(archives.map(hex)).forEach((theirs, index) => {
      const files = readTar(archives[index])?.map(({ name, bytes }) => [hex(name), hex(bytes)]);
      const own = JSON.stringify(files ?? null);
      note(verdictOf(own, theirs), () => `${hex(archives[index])}\n  Go ${theirs}\n  here ${own}`);
    });
  });
});

function verdictOf(own, theirs) {
  if (own === theirs) return 'same';
  if (own === 'null') return 'refused here';
  return theirs === 'null' ? 'missed' : 'different';
}
