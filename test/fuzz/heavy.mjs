// `node test/fuzz/heavy.mjs [PART OF A NAME [FACTOR]]`: what inputs below 1 MB cost that once cost minutes, each in a process of its own.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { loadInternals } from '../../bench/load-internals.mjs';

const self = fileURLToPath(import.meta.url);
const [part = '', factor = '1', only] = process.argv.slice(2);
const formats = ['terminal', 'json', 'markdown', 'html', 'sarif'];

const { heavyInputs, judge, memoryFileSystem, report } = await loadInternals(
  new URL('heavy-internals.ts', import.meta.url).href,
);
if (only === undefined) {
  for (const name of Object.keys(heavyInputs).filter((one) => one.includes(part))) {
    const limits = ['-c', 'ulimit -t 20; exec "$@"', '-', process.execPath, self, name, factor, 'alone'];
    const { stdout, status, signal } = spawnSync('bash', limits, { encoding: 'utf8' });
    process.stdout.write(status === 0 ? stdout : `${name}: ended by ${signal ?? status}\n${stdout}`);
  }
} else {
  const { size, make } = heavyInputs[part];
  const files = make(Math.max(1, Math.round(size * Number(factor))));
  const bytes = Object.entries(files).reduce((sum, [path, text]) => sum + path.length + text.length, 0);
  const touched = part === 'overlays in a chain' ? { touched: ['o0/a.yaml'] } : {};
  const from = process.cpuUsage();
  let words = '';
  try {
    const { report: result } = judge({ fileSystem: memoryFileSystem(files), paths: [''], ...touched });
    const judged = process.cpuUsage(from).user / 1e6;
    const printed = formats.reduce((sum, format) => sum + report(result, format).length, 0);
    const rules = [...new Set(result.findings.map(({ rule }) => rule))].slice(0, 4).join(' ');
    words = `judged ${judged.toFixed(1)} s, ${(printed / 1e6).toFixed(1)} MB printed, exit ${result.exitCode}, ${result.findings.length} findings: ${rules}`;
  } catch (error) {
    words = `THREW ${error.message}`;
  }
  const cpu = process.cpuUsage(from).user / 1e6;
  const memory = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(
    `${part}: ${(bytes / 1024).toFixed(1)} KB, ${cpu.toFixed(1)} s, ${memory.toFixed(0)} MiB, ${words}\n`,
  );
}
