import process from 'node:process';
import packageJson from '../package.json' with { type: 'json' };
import { dispatch } from './command/dispatch.ts';
import type { Io, OutputStream } from './command/io.ts';
import { optimizeLater } from './optimize-later.ts';
import { visible } from './report/visible.ts';
import { errorText } from './source/error-text.ts';
import { machineRoom, ownSideThread, ownThread, startSideThread, startThread } from './source/thread.ts';
import { openWorkingDirectory } from './source/working-directory.ts';

optimizeLater(process.versions.v8);

const io: Io = {
  stdout: outputStream(process.stdout),
  stderr: outputStream(process.stderr),
  variables: process.env,
  files: openWorkingDirectory(),
  readStandardInput,
  converse: () => ({ input: process.stdin, output: process.stdout, close: () => process.stdin.destroy() }),
  // The bundle is one file, which is what a thread runs as well.
  startThread: (given) => startThread(new URL(import.meta.url), given),
  startHelper: (given, megabytes) => startSideThread(new URL(import.meta.url), given, megabytes),
  room: machineRoom,
  now: () => new Date(),
  clock: () => performance.now(),
  version: packageJson.version,
};

function outputStream(stream: NodeJS.WriteStream): OutputStream {
  return {
    write: (text) => stream.write(text),
    // A terminal that does not know its size says 0.
    columns: stream.columns || undefined,
    isTerminal: stream.isTTY === true,
  };
}

/** Read as it comes: a pipe that is not ready yet makes a synchronous read fail. */
async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** Whoever pipes into `head` closes the pipe early, which is no fault. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const thread = ownThread();
const side = ownSideThread();
if (side !== undefined) import('./command/help-in-thread.ts').then(({ helpInThread }) => helpInThread(side));
else if (thread === undefined) runCommand();
else import('./command/judge-for-editor.ts').then(({ judgeInThread }) => judgeInThread(thread, io));

function runCommand(): void {
  dispatch(process.argv.slice(2), io).then(
    (exitCode) => {
      process.exitCode = exitCode;
    },
    (error: unknown) => {
      process.exitCode = 2;
      const details =
        process.env['CDB_LINT_DEBUG'] === '1' && error instanceof Error ? error.stack : undefined;
      const words = errorText(error);
      process.stderr.write(`cdb-lint: this is a bug in cdb-lint: ${visible(words)}\n${details ?? ''}`);
    },
  );
}
