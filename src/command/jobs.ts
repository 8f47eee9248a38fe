import {
  type AskedOfHelpers,
  beginIn,
  type Crew,
  newCrewMemory,
  rings,
  type ToldByHelper,
  waitForRing,
} from '../run/crew.ts';
import type { LintOptions } from '../run/request.ts';
import type { FileSystem } from '../source/file-system.ts';
import { pathBelow } from '../source/path.ts';
import { rememberFiles } from '../source/remembered-files.ts';
import type { SideThread } from '../source/thread.ts';
import type { Io } from './io.ts';
import type { Invocation, Option } from './options.ts';
import type { UsageProblem } from './parse-arguments.ts';

export const jobs: Option = {
  name: 'jobs',
  value: 'N',
  words: 'check in up to N threads (default: one per core; one for a small tree)',
};

/** What a helping thread is started with. */
export interface HelperGiven {
  readonly place: number;
  readonly size: number;
  readonly memory: SharedArrayBuffer;
}

/** How many threads somebody allows, if anybody does. */
export function readJobs(invocation: Invocation): { readonly most?: number } | UsageProblem {
  const text = invocation.option('jobs');
  if (text === undefined) return {};
  const most = /^[1-9]\d{0,2}$/u.test(text) ? Number(text) : undefined;
  if (most !== undefined) return { most };
  return { problem: `--jobs ${text} is not a number of threads`, help: 'write a number from 1 to 999' };
}

// A thread takes some 0.3 s of CPU time to start: with fewer manifests it is not worth it.
const enoughForOne = 500;
/** Fewer questions a run answers itself sooner: overlays of a few bases have thousands of manifests, and little to ask. */
const enoughQuestions = 300;
/** A helper holds contents and no builds, and gets a part of what is free. */
const leastMegabytes = 512;
const mostMegabytes = 2048;

interface Help {
  /** How many threads somebody allows. */
  readonly most?: number;
  readonly io: Pick<Io, 'room' | 'startHelper'>;
  readonly manifestsForOne?: number;
  readonly leastQuestions?: number;
}

/** Has a run judged with the help of as many threads as there is work for; the report is the same whatever their number. */
export function withHelp<Result>(
  request: LintOptions,
  { most, io, manifestsForOne = enoughForOne, leastQuestions = enoughQuestions }: Help,
  judge: (request: LintOptions) => Result,
): Result {
  const { cores, megabytes } = io.room();
  const allowed = Math.min((most ?? cores) - 1, Math.floor(megabytes / leastMegabytes) - 1);
  if (allowed < 1 || request.touched !== undefined) return judge(request);
  const fileSystem = rememberFiles(() => request.fileSystem);
  const manifests = countManifests(fileSystem, request.paths, manifestsForOne * allowed);
  const count = Math.min(allowed, Math.floor(manifests / manifestsForOne));
  const memory = newCrewMemory();
  const limit = Math.min(mostMegabytes, Math.floor(megabytes / (count + 1)));
  const helpers: SideThread[] = [];
  const start = (): void => {
    for (let place = 1; place <= count; place++)
      helpers.push(io.startHelper({ place, size: count, memory } satisfies HelperGiven, limit));
  };
  const crew = crewOf(helpers, memory, { start, leastQuestions });
  try {
    return judge({ ...request, fileSystem, ...(count === 0 ? {} : { crew }) });
  } finally {
    for (const helper of helpers) helper.stop();
  }
}

/** Milliseconds: one that says nothing for so long may be dead, and from then on nobody is waited for. */
const patience = 1000;

/** Helpers that are started once there is enough to ask. */
function crewOf(
  helpers: readonly SideThread[],
  memory: SharedArrayBuffer,
  { start, leastQuestions }: { start(): void } & Required<Pick<Help, 'leastQuestions'>>,
): Crew {
  let heard = 0;
  let isPatient = true;
  const early: AskedOfHelpers[] = [];
  return {
    mayGuess: true,
    ask(asked) {
      early.push(asked);
      if (helpers.length === 0) {
        const questions = early.reduce((sum, one) => sum + one.questions.length, 0);
        if (questions < leastQuestions) return;
        start();
      }
      for (const some of early.splice(0)) for (const helper of helpers) helper.post(some);
    },
    begin: beginIn(memory),
    hear() {
      heard = rings(memory);
      return helpers.flatMap(allOf);
    },
    wait() {
      isPatient = isPatient && waitForRing(memory, heard, patience);
      return isPatient;
    },
  };
}

function allOf(helper: SideThread): ToldByHelper[] {
  const all: ToldByHelper[] = [];
  for (let told = helper.take(); told !== undefined; told = helper.take()) all.push(told as ToldByHelper);
  return all;
}

// Links may lead around in circles.
const mostDirectories = 20_000;

/** How many files may be manifests, up to as many as matter. */
function countManifests(files: FileSystem, paths: readonly string[], most: number): number {
  const ahead = paths.filter((path) => files.kind(path) === 'directory');
  let count = 0;
  let left = mostDirectories;
  for (let path = ahead.pop(); path !== undefined && count < most && left-- > 0; path = ahead.pop())
    for (const { name, kind } of files.list(path) ?? []) {
      if (kind === 'directory' && name !== '.git' && name !== 'node_modules')
        ahead.push(pathBelow(path, name));
      if (kind === 'file' && /\.(?:ya?ml|json)$/u.test(name)) count += 1;
    }
  return count;
}
