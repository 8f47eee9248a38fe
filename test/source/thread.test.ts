import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startThread, youngMegabytes } from '../../src/source/thread.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdb-lint-heap-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function toldBy(script: string): Promise<unknown> {
  const file = join(folder, 'script.mjs');
  writeFileSync(file, script);
  const thread = startThread(pathToFileURL(file), undefined);
  const told = await new Promise((resolve, reject) => {
    thread.listen(resolve);
    thread.onGone((why) => reject(new Error(why)));
  });
  thread.stop();
  return told;
}

it('a thread has little room for what it made last', async () => {
  const told = await toldBy(`
    import { parentPort, resourceLimits } from 'node:worker_threads';
    parentPort.postMessage(resourceLimits.maxYoungGenerationSizeMb);
    setInterval(() => {}, 1000);
  `);
  expect(told).toBe(youngMegabytes);
});

it('the heap of a thread stays near what is in use, whatever was made in between', async () => {
  const told = await toldBy(`
    import { parentPort } from 'node:worker_threads';
    import { getHeapStatistics } from 'node:v8';
    const entries = 100_000;
    let kept;
    let most = 0;
    for (let run = 0; run < 20; run++) {
      kept = Array.from({ length: entries }, (_, index) => ({ run, index, words: [run, index] }));
      most = Math.max(most, getHeapStatistics().used_heap_size);
    }
    parentPort.postMessage(Math.round(most / 2 ** 20));
    setInterval(() => {}, 1000);
  `);
  // 38 of them here, and 104 where V8 is left to itself.
  expect(told).toBeLessThan(70);
});
