import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { Diagnostic, InitializeResult, Position, PublishDiagnosticsParams } from 'vscode-languageserver';
import { project } from './run-cli.ts';

/** An editor that talks to the built server over its standard input and output. */
export interface LanguageClient {
  readonly process: ChildProcessWithoutNullStreams;
  readonly connection: MessageConnection;
  readonly capabilities: InitializeResult['capabilities'];
  uri(path: string): string;
  open(path: string, text: string): void;
  change(path: string, text: string): void;
  close(path: string): void;
  /** The diagnostics of a file, once `test` holds for them. */
  diagnostics(path: string, test: (found: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>;
  ask<T>(method: string, path: string, position: Position): Promise<T>;
  /** Shuts the server down as the protocol has it; its exit code. */
  end(): Promise<number | null>;
  exited(): Promise<number | null>;
}

export function startServer(cwd: string, args: readonly string[] = []): ChildProcessWithoutNullStreams {
  const { PATH = '', HOME = '' } = process.env;
  return spawn(process.execPath, [join(project, 'dist/cli.js'), 'lsp', ...args], {
    cwd,
    env: { PATH, HOME },
  });
}

export function exitOf(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode);
    else child.once('exit', resolve);
  });
}

export async function startClient(folder: string, below = ''): Promise<LanguageClient> {
  const child = startServer(folder);
  const exit = exitOf(child);
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const published = new Map<string, readonly Diagnostic[]>();
  const waiting = new Set<() => void>();
  connection.onNotification(
    'textDocument/publishDiagnostics',
    ({ uri, diagnostics }: PublishDiagnosticsParams) => {
      published.set(uri, diagnostics);
      for (const look of waiting) look();
    },
  );
  connection.listen();
  const uri = (path: string): string => pathToFileURL(join(folder, path)).href;
  const root = pathToFileURL(join(folder, below)).href;
  const { capabilities } = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: root,
    workspaceFolders: [{ uri: root, name: 'test' }],
    capabilities: {},
  });
  await connection.sendNotification('initialized', {});
  let version = 1;
  const notify = (method: string, params: object): void => {
    void connection.sendNotification(`textDocument/${method}`, params);
  };
  return {
    process: child,
    connection,
    capabilities,
    uri,
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
    async end() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      return exit;
    },
    exited: () => exit,
  };
}
