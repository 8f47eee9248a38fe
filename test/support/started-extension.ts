import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { project } from './run-cli.ts';

/** What the extension gave to `LanguageClient`. */
export interface StartedExtension {
  readonly server: { readonly run: { readonly command: string; readonly args: readonly string[] } };
  readonly transport: unknown;
  readonly commands: readonly string[];
  readonly views: readonly string[];
}

type Load = (request: string, ...rest: unknown[]) => unknown;

/** Activates the extension for Visual Studio Code in an editor that has these settings and nothing else. */
export async function startExtension(
  settings: Readonly<Record<string, string | readonly string[]>>,
): Promise<StartedExtension> {
  const commands: string[] = [];
  const views: string[] = [];
  const servers: StartedExtension['server'][] = [];
  const disposable = { dispose: () => undefined };
  const register =
    (names: string[]) =>
    (name: string): object => {
      names.push(name);
      return disposable;
    };
  class LanguageClient {
    constructor(_id: string, _name: string, server: StartedExtension['server']) {
      servers.push(server);
    }
    start(): void {}
  }
  class EventEmitter {
    event = (): object => disposable;
  }
  const vscode = {
    EventEmitter,
    commands: { registerCommand: register(commands) },
    languages: { registerDefinitionProvider: () => disposable },
    window: { registerTreeDataProvider: register(views) },
    workspace: {
      createFileSystemWatcher: () => disposable,
      getConfiguration: () => ({ get: (name: string) => settings[name] }),
      registerTextDocumentContentProvider: () => disposable,
    },
  };
  const fakes = new Map<string, unknown>([
    ['vscode', vscode],
    ['vscode-languageclient/node', { LanguageClient, TransportKind: { stdio: 0 } }],
  ]);
  const modules = Module as unknown as { _load: Load };
  const load = modules._load;
  modules._load = (request, ...rest) => fakes.get(request) ?? load(request, ...rest);
  try {
    const require = createRequire(import.meta.url);
    const folder = join(project, 'editors/vscode');
    for (const file of Object.keys(require.cache).filter((one) => one.startsWith(folder)))
      delete require.cache[file];
    const extension = require(join(folder, 'extension.js')) as {
      activate(context: { subscriptions: unknown[] }): Promise<void>;
    };
    await extension.activate({ subscriptions: [] });
  } finally {
    modules._load = load;
  }
  const [server] = servers;
  if (server === undefined) throw new Error('the extension starts no server');
  return { server, transport: (server.run as { transport?: unknown }).transport, commands, views };
}
