import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

/** The functions of the source that are compared inside one process, compiled to JavaScript. */
export async function loadInternals(name = 'internals.mjs', plugins = []) {
  const directory = mkdtempSync(join(tmpdir(), 'cdb-lint-bench-'));
  try {
    const input = fileURLToPath(new URL(name, import.meta.url));
    const bundle = await rolldown({ input, plugins, platform: 'node', logLevel: 'warn' });
    const file = join(directory, 'internals.mjs');
    await bundle.write({ file, format: 'esm', codeSplitting: false });
    await bundle.close();
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Wall and CPU seconds of a function in this process. */
export function timeCall(work) {
  const wall = performance.now();
  const cpu = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(cpu);
  return { wall: (performance.now() - wall) / 1000, cpu: (user + system) / 1e6 };
}
