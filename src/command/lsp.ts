import { type BuildMemory, newBuildMemory } from '../build/build-memory.ts';
import { serveLanguage } from '../language-server/serve.ts';
import type { LanguageHost, OpenedRepository } from '../language-server/workspace.ts';
import { judge, type RunJudgement, refuteFix } from '../run/judge.ts';
import { judgeChange } from '../run/judge-change.ts';
import { judgeTwo } from '../run/judge-two.ts';
import type { LintOptions } from '../run/request.ts';
import { rulePages } from '../run/rule-pages.ts';
import { withKnownBytes } from '../source/remembered-files.ts';
import type { Repository } from '../source/working-directory.ts';
import type { ExitCode, Io } from './io.ts';
import type { Invocation } from './options.ts';
import { type Command, root } from './options.ts';

export const command: Command = {
  name: 'lsp',
  synopsis: 'cdb-lint lsp',
  words: 'serve an editor: findings, hover, definitions and fixes over standard input and output',
  examples: [['cdb-lint lsp', 'the command that an editor starts']],
  operands: { min: 0, max: 0, name: '' },
  options: [{ name: 'stdio', words: 'what editors add, and the only way there is' }, root],
  run: runLanguageServer,
};

/** What is kept of a folder of the editor between its runs. */
interface JudgedFolder {
  readonly repository: Repository;
  readonly bytes: Map<string, Uint8Array>;
  readonly memory: BuildMemory;
  /** What was said of HEAD. */
  head?: { readonly commit: string | undefined; readonly judged: RunJudgement };
}

function keyOf({ url, path }: OpenedRepository): string {
  return JSON.stringify([url, path]);
}

/** What is found in a folder, and what the way from HEAD to it does to each cluster, where there is a commit. */
function judgeEdited(folder: JudgedFolder, request: LintOptions): RunJudgement {
  const before = folder.repository.base('HEAD');
  if ('problem' in before || before.commit === undefined) return judge(request);
  const { commit } = before;
  const judged = folder.head?.commit === commit ? folder.head.judged : undefined;
  const { base, head } = judgeTwo(request, judged === undefined ? before : { ...before, judged });
  folder.head = { commit, judged: base };
  const change = judgeChange({ base, head, names: { base: before, head: { name: 'the editor' } } });
  return { ...head, report: { ...head.report, change } };
}

/** Serves an editor until it is gone. */
async function runLanguageServer(invocation: Invocation, io: Io): Promise<ExitCode> {
  const root = invocation.option('root');
  const folders = new Map<string, JudgedFolder>();
  const host: LanguageHost = {
    open: (folder) => {
      const path = io.files.pathOf(folder);
      if (path === undefined || io.files.kind(path) !== 'directory') return undefined;
      // Opened anew each time: what is a link today may be a folder tomorrow.
      const repository = io.files.repository(path, root);
      const { url, fileSystem, inside } = repository;
      const opened = { url, fileSystem, path: inside(path) };
      const known = folders.get(keyOf(opened)) ?? { bytes: new Map(), memory: newBuildMemory() };
      folders.set(keyOf(opened), { ...known, repository });
      return opened;
    },
    judge(opened) {
      const folder = folders.get(keyOf(opened));
      const { fileSystem, path } = opened;
      if (folder === undefined) return judge({ fileSystem, paths: [path], now: io.now() });
      const { bytes, memory } = folder;
      return judgeEdited(folder, {
        fileSystem: withKnownBytes(fileSystem, bytes),
        paths: [path],
        now: io.now(),
        memory,
      });
    },
    refute: (fileSystem, path, fixable) => refuteFix({ fileSystem, paths: [path], now: io.now() }, fixable),
    rulePages,
  };
  const { close, ...streams } = io.converse();
  const exitCode = await serveLanguage(streams, host);
  close();
  return exitCode;
}
