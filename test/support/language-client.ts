import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type {
  ClientCapabilities,
  Diagnostic,
  InitializeResult,
  Position,
  PublishDiagnosticsParams,
  WorkDoneProgressBegin,
  WorkDoneProgressEnd,
  WorkDoneProgressReport,
} from 'vscode-languageserver';
import { dispatch } from '../../src/command/dispatch.ts';
import type { Asked, Question, Told } from '../../src/language-server/judging/messages.ts';
import type { Thread } from '../../src/source/thread.ts';
import { collectIo, project } from './run-cli.ts';

type WorkDoneProgress = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

/** The language server, in this process or in one of its own. */
export interface LanguageServer {
  readonly stdin: NodeJS.WritableStream;
  readonly stdout: NodeJS.ReadableStream;
  readonly exited: Promise<number | null>;
  stderr(): string;
  stop(): void;
}

/** An editor that talks to the server over its standard input and output. */
export interface LanguageClient {
  readonly server: LanguageServer;
  readonly connection: MessageConnection;
  readonly capabilities: InitializeResult['capabilities'];
  uri(path: string): string;
  open(path: string, text: string): void;
  change(path: string, text: string): void;
  close(path: string): void;
  /** The diagnostics of a file, once `test` holds for them. */
  diagnostics(path: string, test: (found: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>;
  ask<T>(method: string, path: string, position: Position): Promise<T>;
  /** What the editor was asked to show its user. */
  readonly shown: readonly string[];
  readonly progress: readonly WorkDoneProgress[];
  /** Waits until all that was typed is judged. */
  settled(): Promise<void>;
  /** Shuts the server down as the protocol has it; its exit code. */
  end(): Promise<number | null>;
}

/** What a server and its judging thread say to each other. */
export interface Overheard {
  readonly questions: Question[];
  readonly told: Told[];
}

export function startServer(cwd: string, overheard?: Overheard): LanguageServer {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const { io, stderr } = collectIo(cwd);
  const exited = dispatch(['lsp'], {
    ...io,
    startThread: (given) => listenIn(io.startThread(given), overheard),
    converse: () => ({ input: stdin, output: stdout, close: () => undefined }),
  });
  return { stdin, stdout, exited, stderr, stop: () => void stdin.end() };
}

function listenIn(thread: Thread, overheard?: Overheard): Thread {
  return {
    ...thread,
    post(message) {
      overheard?.questions.push((message as Asked).question);
      thread.post(message);
    },
    listen: (hear) =>
      thread.listen((message) => {
        overheard?.told.push(message as Told);
        hear(message);
      }),
  };
}

/** The server as an editor starts it. */
export function spawnServer(
  cwd: string,
  nodeOptions = '',
  args: readonly string[] = ['lsp', '--stdio'],
): LanguageServer {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [join(project, 'dist/cli.js'), ...args], {
    cwd,
    env: { PATH, HOME, NODE_OPTIONS: nodeOptions },
  });
  let words = '';
  child.stderr.on('data', (chunk) => {
    words += String(chunk);
  });
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    exited: new Promise((resolve) => child.once('exit', resolve)),
    stderr: () => words,
    stop: () => void child.kill(),
  };
}

/** What an editor says of itself. */
export interface ClientOptions {
  readonly server?: LanguageServer;
  /** Folders below `folder`, where it is not that alone. */
  readonly folders?: readonly string[];
  readonly capabilities?: ClientCapabilities;
}

export async function startClient(
  folder: string,
  { server = startServer(folder), folders = [''], capabilities: own = {} }: ClientOptions = {},
): Promise<LanguageClient> {
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const published = new Map<string, readonly Diagnostic[]>();
  const waiting = new Set<() => void>();
  const shown: string[] = [];
  const progress: WorkDoneProgress[] = [];
  connection.onNotification('window/showMessage', ({ message }) => void shown.push(message));
  connection.onNotification('$/progress', ({ value }) => void progress.push(value));
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.onNotification(
    'textDocument/publishDiagnostics',
    ({ uri, diagnostics }: PublishDiagnosticsParams) => {
      published.set(uri, diagnostics);
      for (const look of waiting) look();
    },
  );
  connection.listen();
  const uri = (path: string): string => pathToFileURL(join(folder, path)).href;
  const roots = folders.map((one) => pathToFileURL(join(folder, one)).href);
  const { capabilities } = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: roots[0] ?? null,
    workspaceFolders: roots.map((uri) => ({ uri, name: 'test' })),
    capabilities: own,
  });
  await connection.sendNotification('initialized', {});
  let version = 1;
  const notify = (method: string, params: object): void => {
    void connection.sendNotification(`textDocument/${method}`, params);
  };
  return {
    server,
    connection,
    capabilities,
    uri,
    shown,
    progress,
    open: (path, text) =>
      notify('didOpen', { textDocument: { uri: uri(path), languageId: 'yaml', version, text } }),
    change: (path, text) => {
      version += 1;
      notify('didChange', { textDocument: { uri: uri(path), version }, contentChanges: [{ text }] });
    },
    close: (path) => notify('didClose', { textDocument: { uri: uri(path) } }),
    diagnostics: (path, test) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = published.get(uri(path));
          if (found === undefined || !test(found)) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    ask: (method, path, position) =>
      connection.sendRequest(`textDocument/${method}`, { textDocument: { uri: uri(path) }, position }),
    settled: () => connection.sendRequest('cdb-lint/settled'),
    async end() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      return server.exited;
    },
  };
}
