import { serveLanguage } from '../language-server/serve.ts';
import { knownOnce } from '../object/known-once.ts';
import { rulePages } from '../run/rule-pages.ts';
import type { ExitCode, Io } from './io.ts';
import type { JudgingStart } from './judge-for-editor.ts';
import { openRepository } from './open-repository.ts';
import type { Invocation } from './options.ts';
import { type Command, root } from './options.ts';

export const command: Command = {
  name: 'lsp',
  synopsis: 'cdb-lint lsp',
  words: 'serve an editor: findings, hover, definitions and fixes over standard input and output',
  examples: [['cdb-lint lsp', 'the command that an editor starts']],
  operands: { min: 0, max: 0, name: '' },
  options: [{ name: 'stdio', words: 'what editors add; the only transport' }, root],
  run: runLanguageServer,
};

/** Serves an editor until it is gone. */
async function runLanguageServer(invocation: Invocation, io: Io): Promise<ExitCode> {
  const root = invocation.option('root');
  const given: JudgingStart = { root };
  const pagesOf = knownOnce((_io: Io) => rulePages());
  const { close, ...streams } = io.converse();
  const exitCode = await serveLanguage(streams, {
    open: (folder) => openRepository(io, folder, root),
    startJudging: () => io.startThread(given),
    rulePages: () => pagesOf(io),
  });
  close();
  return exitCode;
}
