import { type BuildMemory, newBuildMemory } from '../build/build-memory.ts';
import { serveLanguage } from '../language-server/serve.ts';
import type { LanguageHost } from '../language-server/workspace.ts';
import { judge, refuteFix } from '../run/judge.ts';
import { rulePages } from '../run/rule-pages.ts';
import { withKnownBytes } from '../source/remembered-files.ts';
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

/** Serves an editor until it is gone. */
async function runLanguageServer(invocation: Invocation, io: Io): Promise<ExitCode> {
  const root = invocation.option('root');
  const memories = new Map<string, { bytes: Map<string, Uint8Array>; memory: BuildMemory }>();
  const host: LanguageHost = {
    open: (folder) => {
      const path = io.files.pathOf(folder);
      if (path === undefined || io.files.kind(path) !== 'directory') return undefined;
      // Opened anew each time: what is a link today may be a folder tomorrow.
      const { url, fileSystem, inside } = io.files.repository(path, root);
      return { url, fileSystem, path: inside(path) };
    },
    judge({ url, fileSystem, path }) {
      const { bytes, memory } = memories.get(url) ?? { bytes: new Map(), memory: newBuildMemory() };
      memories.set(url, { bytes, memory });
      return judge({
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
