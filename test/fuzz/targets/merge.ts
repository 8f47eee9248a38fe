import { readShardReport, type ShardReport, whyApart } from '../../../src/command/shard-report.ts';
import { report } from '../../../src/index.ts';
import { digestOf } from '../../../src/run/partial.ts';
import { buildShard, mergeShards } from '../../../src/run/shard.ts';
import { memoryFileSystem } from '../../../src/source/memory.ts';
import { numbersOf, requireSame, textsOf } from './numbers.ts';

const tool = '0.0.0';
const fileSystem = memoryFileSystem({
  'k/kustomization.yaml': 'namePrefix: p-\nresources: [pod.yaml]\nlabels: [{pairs: {a: b}}]\n',
  'k/pod.yaml':
    "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  hostPID: true\n  containers: [{name: x, image: 'web:1.0.0'}]\n",
  'over/kustomization.yaml': 'resources: [../k]\npatches: [{path: patch.yaml}]\n',
  'over/patch.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p-web}\nspec: {hostNetwork: true}\n',
});
const asked = { paths: ['over', 'k'] };
const shard = { index: 1, count: 1 };
const real: ShardReport = {
  version: 1,
  shard,
  tool,
  asked,
  partial: buildShard({ ...asked, fileSystem }, shard),
};
const written = JSON.stringify(real);
const plain = merged(real);
const others = [
  null,
  -1,
  0,
  1,
  2,
  1e9,
  0.5,
  '',
  'a',
  '__proto__',
  'constructor',
  'length',
  true,
  [],
  {},
  ['l'],
  [[]],
];

/** The report of a shard that somebody changed: every other one without its digest, the others with the digest of what they became. */
export function fuzz(data: Uint8Array): void {
  const kind = (data[0] ?? 0) % 4;
  const text = kind === 0 ? (textsOf(data.subarray(1))[0] ?? '') : forged(data.subarray(1), kind);
  requireSame(() => {
    const read = readShardReport(new TextEncoder().encode(text), tool);
    if (typeof read === 'string') return read;
    const isConfirmed = read.partial.digest === digestOf(read.partial);
    if (!isConfirmed) throw new Error('takes a report whose digest is another');
    const apart = whyApart([read]);
    if (apart !== undefined) return apart.problem;
    const answer = merged(read);
    const isReal = JSON.stringify([read.partial, read.asked]) === JSON.stringify([real.partial, asked]);
    // What the files answered otherwise when it was built is built again.
    const isOfOtherFiles = kind === 3 && JSON.stringify(read.asked) === JSON.stringify(asked);
    if ((isReal || isOfOtherFiles) && answer !== plain) throw new Error(`says ${answer}, not ${plain}`);
    return answer;
  });
  if (Object.keys(Object.prototype).length > 0) throw new Error('changes the prototype of objects');
}

function merged({ asked: request, partial }: ShardReport): string {
  const { report: judged } = mergeShards({ ...request, fileSystem }, [partial]);
  return report(judged, 'json');
}

/** The real report with some of its values replaced, swapped or left out: anywhere, or (`kind` 3) in what the files answered. */
function forged(data: Uint8Array, kind: number): string {
  const number = numbersOf(data);
  const copy = JSON.parse(written) as ShardReport;
  for (let changes = 1 + Math.floor(number() * 4); changes > 0; changes -= 1)
    if (kind === 3) answerOtherwise(copy, number);
    else changeSomewhere(copy, number);
  const { partial } = copy as { readonly partial?: ShardReport['partial'] | null };
  if (kind !== 1 && typeof partial === 'object' && partial !== null)
    Object.assign(partial, { digest: digestOf(partial) });
  return JSON.stringify(copy);
}

function answerOtherwise({ partial: { builds } }: ShardReport, number: () => number): void {
  const question = builds.questions[Math.floor(number() * builds.questions.length)];
  if (question !== undefined) Object.assign(question, { 2: String(Math.floor(number() * 9)) });
}

function changeSomewhere(root: object, number: () => number): void {
  let at = root as Record<string, unknown>;
  for (;;) {
    const keys = Object.keys(at);
    const key = keys[Math.floor(number() * keys.length)] ?? '0';
    const below = at[key];
    if (typeof below === 'object' && below !== null && Object.keys(below).length > 0 && number() < 0.95) {
      at = below as Record<string, unknown>;
      continue;
    }
    if (number() < 0.2) delete at[key];
    else if (number() < 0.3) at[key] = at[keys[Math.floor(number() * keys.length)] ?? key];
    else at[key] = others[Math.floor(number() * others.length)];
    return;
  }
}
