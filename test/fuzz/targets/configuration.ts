import { loadBaseline } from '../../../src/accept/load-baseline.ts';
import { loadConfiguration } from '../../../src/configuration/load-configuration.ts';
import { readLock } from '../../../src/fetched/lock.ts';
import { openSources } from '../../../src/source/load.ts';
import { memoryFileSystem } from '../../../src/source/memory.ts';
import { textsOf } from './numbers.ts';

/** A text as configuration, as baseline and as lock file. */
export function fuzz(data: Uint8Array): void {
  const [text = ''] = textsOf(data);
  const files = memoryFileSystem({ 'cdb-lint.yaml': text, 'baseline.json': text, 'cdb-lint.lock': text });
  const sources = openSources(files);
  loadConfiguration(sources, '');
  loadBaseline(files, 'baseline.json');
  readLock(sources, 'cdb-lint.lock');
}
