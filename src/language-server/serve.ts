import {
  type InitializeParams,
  type ServerCapabilities,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import packageJson from '../../package.json' with { type: 'json' };
import type { Answering, Feature } from './feature.ts';
import { feature as codeActions } from './features/code-actions.ts';
import { feature as codeLens } from './features/code-lens.ts';
import { feature as completion } from './features/completion.ts';
import { feature as definition } from './features/definition.ts';
import { feature as folding } from './features/folding.ts';
import { feature as hover } from './features/hover.ts';
import { feature as inlayHints } from './features/inlay-hints.ts';
import { feature as links } from './features/links.ts';
import { feature as references } from './features/references.ts';
import { feature as rendered } from './features/rendered.ts';
import { feature as symbols } from './features/symbols.ts';
import { newFinished } from './finished.ts';
import { type Judged, openJudged } from './judged.ts';
import type { LanguageHost } from './language-host.ts';
import { openPlaces } from './places.ts';
import { type Connection, openConnection, type Streams } from './protocol.ts';

/** All that an editor can ask for; each in a file of its own. */
const features: readonly Feature[] = [
  completion,
  hover,
  definition,
  codeActions,
  symbols,
  folding,
  links,
  codeLens,
  inlayHints,
  references,
  rendered,
];

/** Serves an editor until it is gone; the exit code is what the protocol asks for. */
export async function serveLanguage(streams: Streams, host: LanguageHost): Promise<0 | 1> {
  const { connection, ended } = openConnection(streams);
  const documents = new TextDocuments(TextDocument);
  const finished = newFinished();
  const judged = openJudged(connection, { host, documents, finished });
  let client: InitializeParams = { processId: null, rootUri: null, capabilities: {} };
  judged.thread.warm();
  connection.onInitialize((params) => {
    client = params;
    judged.begin(params);
    return { serverInfo: { name: 'cdb-lint', version: packageJson.version }, capabilities: capabilities() };
  });
  followChanges(connection, documents, judged);
  const { thread, shown, settled } = judged;
  const places = openPlaces(host, finished, shown);
  const answering: Answering = {
    host,
    documents,
    finished,
    thread,
    shown,
    settled,
    placeOf: places,
    client: () => client,
  };
  for (const { register } of features) register(connection, answering);
  // For whoever drives the server by a program and has nothing to look at.
  connection.onRequest('cdb-lint/settled', settled);
  documents.listen(connection);
  connection.listen();
  const exitCode = await ended;
  // Not disposed of: what was read before the end is still answered in later turns, and would fail on a connection that is gone.
  judged.stop();
  return exitCode;
}

function capabilities(): ServerCapabilities {
  const own: ServerCapabilities = {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
  return Object.assign(own, ...features.map((one) => one.capabilities));
}

function followChanges(connection: Connection, documents: TextDocuments<TextDocument>, judged: Judged): void {
  connection.onInitialized(() => judged.now());
  connection.onDidChangeWatchedFiles(() => judged.soon());
  connection.onNotification('workspace/didChangeWorkspaceFolders', ({ event: { added, removed } }) =>
    judged.show(
      (added as { uri: string }[]).map(({ uri }) => uri),
      (removed as { uri: string }[]).map(({ uri }) => uri),
    ),
  );
  documents.onDidChangeContent(({ document }) => judged.soon(document.uri));
  // Beside it, a new file may have come to be listed.
  documents.onDidOpen(() => judged.now());
  documents.onDidSave(() => judged.soon());
  documents.onDidClose(() => judged.soon());
}
