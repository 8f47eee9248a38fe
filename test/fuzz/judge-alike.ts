import { newBuildMemory } from '../../src/build/build-memory.ts';
import { report } from '../../src/index.ts';
import { judge, type RunJudgement } from '../../src/run/judge.ts';
import type { Partial } from '../../src/run/partial.ts';
import { buildShard, mergeShards } from '../../src/run/shard.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

export type Files = Readonly<Record<string, string>>;

const paths = [''];
const shards = [1, 2].map((index) => ({ index, count: 2 }));

function alone(files: Files): RunJudgement {
  return judge({ fileSystem: memoryFileSystem(files), paths });
}

/** With what is kept of an earlier tree, as a watch and an editor do. */
function afterEarlier(files: Files, earlier: Files): RunJudgement {
  const memory = newBuildMemory();
  judge({ fileSystem: memoryFileSystem(earlier), paths, memory });
  return judge({ fileSystem: memoryFileSystem(files), paths, memory });
}

function inShards(files: Files): RunJudgement {
  const request = { fileSystem: memoryFileSystem(files), paths };
  const partials = shards.map((one) => JSON.parse(JSON.stringify(buildShard(request, one))) as Partial);
  return mergeShards(request, partials);
}

const ways = { 'a second time': alone, 'after an earlier tree': afterEarlier, 'in shards': inShards };

/**
 * Throws where a tree made of texts gets another report in another way, which the length of the texts chooses. The earlier tree lacks the
 * last text.
 */
export function requireSameReport(
  texts: readonly string[],
  filesOf: (texts: readonly string[]) => Files,
): void {
  const files = filesOf(texts);
  const { length } = texts.join('');
  const first = report(alone(files).report, 'json');
  const [name, judgeAgain] = Object.entries(ways)[length % 3] ?? ['a second time', alone];
  const second = report(judgeAgain(files, filesOf(texts.slice(0, -1))).report, 'json');
  if (first !== second) throw new Error(`another report ${name}: ${first} and ${second}`);
}
