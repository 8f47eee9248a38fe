import {
  CodeActionKind,
  type Diagnostic,
  ErrorCodes,
  type InitializeParams,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import packageJson from '../../package.json' with { type: 'json' };
import { errorText } from '../source/error-text.ts';
import { changesByUri } from './change.ts';
import { codeActionsAt, fixableOf, workspaceEdit } from './code-actions.ts';
import { definitionsAt } from './definition.ts';
import { pathInside } from './file-url.ts';
import { hoverAt } from './hover.ts';
import { type Connection, ignoreGone, openConnection, type Streams } from './protocol.ts';
import { diagnosticsByUri } from './published.ts';
import { judgeFolder, type LanguageHost, type Workspace } from './workspace.ts';

/** Milliseconds without a keystroke before what was typed is judged. */
const pause = 200;

/** Serves an editor until it is gone; the exit code is what the protocol asks for. */
export async function serveLanguage(streams: Streams, host: LanguageHost): Promise<0 | 1> {
  const { connection, ended } = openConnection(streams);
  const documents = new TextDocuments(TextDocument);
  const judged = newJudged(connection, host, documents);
  connection.onInitialize((params) => {
    judged.folders.push(...foldersOf(params));
    return {
      serverInfo: { name: 'cdb-lint', version: packageJson.version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        hoverProvider: true,
        definitionProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix], resolveProvider: true },
      },
    };
  });
  connection.onInitialized(judged.soon);
  connection.onDidChangeWatchedFiles(judged.soon);
  documents.onDidChangeContent(judged.soon);
  documents.onDidSave(judged.soon);
  documents.onDidClose(judged.soon);
  answer(connection, { host, documents, workspaceOf: judged.workspaceOf });
  documents.listen(connection);
  connection.listen();
  const exitCode = await ended;
  // Not disposed of: what was read before the end is still answered in later turns, and would fail on a connection that is gone.
  judged.stop();
  return exitCode;
}

/** The folders that the editor shows, as `file:` URLs. */
function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  if (workspaceFolders !== null && workspaceFolders !== undefined && workspaceFolders.length > 0)
    return workspaceFolders.map(({ uri }) => uri);
  return rootUri === null || rootUri === undefined ? [] : [rootUri];
}

interface JudgedFolders {
  readonly folders: string[];
  /** Judges again after a pause. */
  soon(): void;
  /** What is known of the file's folder, with everything that was typed. */
  workspaceOf(uri: string): { readonly workspace: Workspace; readonly path: string } | undefined;
  stop(): void;
}

function newJudged(
  connection: Connection,
  host: LanguageHost,
  documents: TextDocuments<TextDocument>,
): JudgedFolders {
  const folders: string[] = [];
  const workspaces = new Map<string, Workspace>();
  let published = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStale = true;

  function judge(): void {
    clearTimeout(timer);
    isStale = false;
    for (const folder of folders) {
      const workspace = judgeFolder(host, folder, documents.all());
      if (workspace === undefined) workspaces.delete(folder);
      else workspaces.set(folder, workspace);
    }
    publish();
  }

  function judgeQuietly(): void {
    try {
      judge();
    } catch (error) {
      // A fault of ours must not take the editor's server away; the next change gets another try.
      const words = `this is a bug in cdb-lint: ${errorText(error)}`;
      ignoreGone(() => connection.console.error(words));
    }
  }

  function publish(): void {
    const all = new Map<string, Diagnostic[]>();
    for (const [uri, diagnostics] of [...workspaces.values()].flatMap(publishedOf))
      all.set(uri, [...(all.get(uri) ?? []), ...diagnostics]);
    const gone = [...published].filter((uri) => !all.has(uri));
    for (const uri of gone) ignoreGone(() => connection.sendDiagnostics({ uri, diagnostics: [] }));
    for (const [uri, diagnostics] of all) ignoreGone(() => connection.sendDiagnostics({ uri, diagnostics }));
    published = new Set(all.keys());
  }

  return {
    folders,
    soon: () => {
      isStale = true;
      clearTimeout(timer);
      timer = setTimeout(judgeQuietly, pause);
    },
    workspaceOf: (uri) => {
      if (isStale) judge();
      for (const workspace of workspaces.values()) {
        const path = pathInside(workspace.url, uri);
        if (path !== undefined) return { workspace, path };
      }
      return undefined;
    },
    stop: () => clearTimeout(timer),
  };
}

function publishedOf(workspace: Workspace): [string, Diagnostic[]][] {
  return [...diagnosticsByUri(workspace), ...changesByUri(workspace)];
}

interface Answering {
  readonly host: LanguageHost;
  readonly documents: TextDocuments<TextDocument>;
  readonly workspaceOf: JudgedFolders['workspaceOf'];
}

function answer(connection: Connection, { host, documents, workspaceOf }: Answering): void {
  connection.onHover(({ textDocument: { uri }, position }) => {
    const found = workspaceOf(uri);
    const offset = documents.get(uri)?.offsetAt(position);
    if (found === undefined || offset === undefined) return null;
    return hoverAt(found.workspace, host.rulePages(), found.path, offset) ?? null;
  });
  connection.onDefinition(({ textDocument: { uri }, position }) => {
    const found = workspaceOf(uri);
    const document = documents.get(uri);
    if (found === undefined || document === undefined) return null;
    return definitionsAt(found.workspace, found.path, document.getText(), document.offsetAt(position));
  });
  connection.onCodeAction(({ textDocument: { uri }, range }) => {
    const found = workspaceOf(uri);
    return found === undefined ? [] : codeActionsAt(found.workspace, found.path, range);
  });
  connection.onCodeActionResolve((action) => {
    const { uri, fingerprint } = action.data as { readonly uri: string; readonly fingerprint: string };
    const workspace = workspaceOf(uri)?.workspace;
    const fixable = workspace === undefined ? undefined : fixableOf(workspace, fingerprint);
    if (workspace === undefined || fixable === undefined) return refuse('the finding is gone');
    const why = host.refute(workspace.fileSystem, workspace.path, fixable);
    return why === undefined ? { ...action, edit: workspaceEdit(workspace, fixable.fix) } : refuse(why);
  });
}

function refuse(why: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidRequest, `not fixed: ${why}`);
}
