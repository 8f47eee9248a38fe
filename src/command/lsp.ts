import type { Thread } from '../source/thread.ts';
import type { ExitCode, Io } from './io.ts';
import type { JudgingStart } from './judge-for-editor.ts';
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

/** Starts the thread that judges before all else is loaded: each of the two takes as long. */
async function runLanguageServer(invocation: Invocation, io: Io): Promise<ExitCode> {
  const root = invocation.option('root');
  const given: JudgingStart = { root };
  let first: Thread | undefined = io.startThread(given);
  const startJudging = (): Thread => {
    const thread = first ?? io.startThread(given);
    first = undefined;
    return thread;
  };
  const { serveEditor } = await import('./serve-editor.ts');
  return serveEditor(io, { root, startJudging });
}
