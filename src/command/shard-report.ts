import { isWhole, type Partial, type ShardedRequest } from '../run/partial.ts';
import { ownOf } from '../source/own.ts';
import type { Shard } from '../survey/share.ts';
import { appliedBy, failOn, type Option } from './options.ts';
import { isUsageProblem, type UsageProblem } from './parse-arguments.ts';

/** What one of several jobs writes, for `merge`. */
export interface ShardReport {
  readonly version: 1;
  readonly shard: Shard;
  /** The version of the tool: what one version built another one may build otherwise. */
  readonly tool: string;
  readonly asked: ShardedRequest;
  readonly partial: Partial;
}

/** Reads `I/N`. */
export function readShard(text: string): Shard | UsageProblem {
  const written = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/u.exec(text);
  const [index, count] = [Number(written?.[1]), Number(written?.[2])];
  if (!(index <= count))
    return { problem: `--shard ${text} is not a valid shard`, help: 'write --shard 1/4 to --shard 4/4' };
  return { index, count };
}

/** Reads what a shard wrote; a sentence where it is none of this version of the tool. */
export function readShardReport(bytes: Uint8Array, tool: string): ShardReport | string {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return 'is not valid JSON, or is truncated';
  }
  if (!isShardReport(json))
    return 'is not the report of a shard: write it with --shard I/N --format json=FILE';
  if (json.tool !== tool) return `was written by cdb-lint ${json.tool}, but this is ${tool}`;
  return isWhole(json.partial) ? json : 'was changed after it was written';
}

/** Why reports are not the shards of one run; undefined where they are. */
export function whyApart(reports: readonly ShardReport[]): UsageProblem | undefined {
  const [first] = reports;
  if (first === undefined) return undefined;
  const asked = JSON.stringify([first.asked, first.shard.count]);
  if (reports.some((one) => JSON.stringify([one.asked, one.shard.count]) !== asked))
    return { problem: 'the reports are not from one run', help: 'run all shards with the same options' };
  const { count } = first.shard;
  const there = new Set(reports.map(({ shard }) => shard.index));
  const missing = Array.from({ length: count }, (_, index) => index + 1).find((index) => !there.has(index));
  if (missing !== undefined)
    return {
      problem: `the report of shard ${missing}/${count} is missing`,
      help: 'pass one report for each shard',
    };
  return undefined;
}

function isShardReport(json: unknown): json is ShardReport {
  if (!isRecord(json) || json['version'] !== 1 || typeof json['tool'] !== 'string') return false;
  const { shard, asked, partial } = json;
  return (
    isRecord(shard) &&
    isShard(shard) &&
    isRecord(asked) &&
    isAsked(asked) &&
    isRecord(partial) &&
    partial['version'] === 1 &&
    isCarried(partial['builds']) &&
    isAnswers(partial['answers']) &&
    isResults(partial['results'])
  );
}

/** As it may be asked for: the number of shards is a bound for what `merge` looks for. */
function isShard({ index, count }: Record<string, unknown>): boolean {
  return (
    typeof index === 'number' && typeof count === 'number' && !isUsageProblem(readShard(`${index}/${count}`))
  );
}

/** What a command line can ask for, in its words, and nothing that only this program gives itself. */
function isAsked(asked: Record<string, unknown>): boolean {
  const isPlace = isListOf(asked['paths'], isText) && (asked['paths'] as unknown[]).length > 0;
  return isPlace && Object.entries(asked).every(([key, value]) => askable.get(key)?.(value) === true);
}

const askable: ReadonlyMap<string, (value: unknown) => boolean> = new Map(
  Object.entries({
    paths: isTexts,
    environments: isTexts,
    profile: isText,
    only: isTexts,
    skip: isTexts,
    minCoverage: (value: unknown) => typeof value === 'number' && value >= 0 && value <= 100,
    withEvidence: isSwitch,
    baseline: (value: unknown) => isText(value) || value === false,
    configuration: isText,
    near: isText,
    requireSchemas: isSwitch,
    failOn: (value: unknown) => isWordOf(failOn, value),
    kubernetesVersions: isTexts,
    appliedBy: (value: unknown) => isWordOf(appliedBy(''), value),
  } satisfies { readonly [key in keyof ShardedRequest]?: (value: unknown) => boolean }),
);

function isWordOf({ oneOf = [] }: Option, value: unknown): boolean {
  return oneOf.some((word) => word === value);
}

function isSwitch(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isCarried(builds: unknown): boolean {
  if (!isRecord(builds) || !isRecord(builds['graph'])) return false;
  const { nodes, shapes, loads, texts } = builds['graph'];
  return (
    isListOf(builds['builds'], isCarriedBuild) &&
    isListOf(builds['questions'], isTexts) &&
    Array.isArray(nodes) &&
    isListOf(shapes, isTexts) &&
    isListOf(loads, isTexts) &&
    isTexts(texts)
  );
}

function isAnswers(carried: unknown): boolean {
  return isRecord(carried) && isListOf(carried['answers'], isAnswer);
}

function isAnswer(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [digest, answered] = value;
  if (!isText(digest) || !isRecord(answered)) return false;
  return isListOf(answered['answer'], isRecord) && isListOf(answered['spent'], isSpending);
}

function isSpending(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { place, cost, isExceeded } = value;
  return Number.isInteger(place) && isCost(cost) && typeof isExceeded === 'boolean';
}

/** Who spends less than nothing would have the others spend more. */
function isCost(value: unknown): boolean {
  return Number.isFinite(value) && (value as number) >= 0;
}

function isResults(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { units, kubernetesVersion, spent } = value;
  return (
    isListOf(units, isJudgedUnit) &&
    isText(kubernetesVersion) &&
    isRecord(spent) &&
    ['mostOfOne', 'costly', 'effort'].every((name) => isCost(ownOf(spent, name)))
  );
}

function isJudgedUnit(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { words, resources, others, objects, rules, open } = value;
  return (
    isText(words) &&
    isListOf(resources, Number.isInteger) &&
    Number.isInteger(others) &&
    isListOf(objects, (one) => isTuple(one, [Number.isInteger, Number.isInteger, isSwitch])) &&
    isListOf(rules, (one) => isTuple(one, [isText, Number.isInteger])) &&
    isTexts(open)
  );
}

function isTuple(value: unknown, items: readonly ((item: unknown) => boolean)[]): boolean {
  return (
    Array.isArray(value) &&
    value.length === items.length &&
    items.every((isItem, index) => isItem(value[index]))
  );
}

function isCarriedBuild(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { options, asked, kustomization, build } = value;
  return (
    isText(options) && isListOf(asked, Number.isInteger) && [kustomization, build].every(Number.isInteger)
  );
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isTexts(value: unknown): boolean {
  return isListOf(value, isText);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
