import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CompletionList, Hover, Location } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type LanguageClient, startClient } from './language-client.ts';

/** An editor with a folder of files; places are told as `path:line`, lines from 1. */
export interface EditorFolder {
  readonly client: LanguageClient;
  /** Where what stands at `¦` in an excerpt of a file leads, sorted. */
  definition(path: string, excerpt: string): Promise<string[]>;
  references(path: string, excerpt: string): Promise<string[]>;
  hover(path: string, excerpt: string): Promise<string>;
  /** What is proposed at `¦` in a text that stands in the place of the file's. */
  labels(path: string, text: string): Promise<string[]>;
  close(): void;
}

export async function openEditor(files: Readonly<Record<string, string>>): Promise<EditorFolder> {
  const folder = mkdtempSync(join(tmpdir(), 'cdb-lint-editor-'));
  mkdirSync(join(folder, '.git'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const client = await startClient(folder);
  const shown = new Set<string>();
  const open = async (path: string): Promise<void> => {
    if (shown.has(path)) return;
    shown.add(path);
    client.open(path, files[path] ?? '');
    await client.settled();
  };
  const ask = async <Answer>(method: string, path: string, excerpt: string): Promise<Answer> => {
    await open(path);
    const text = files[path] ?? '';
    const start = text.indexOf(excerpt.replace('¦', ''));
    if (start < 0) throw new Error(`${path} has no ${excerpt}`);
    const position = TextDocument.create('', '', 0, text).positionAt(start + excerpt.indexOf('¦'));
    return client.connection.sendRequest<Answer>(`textDocument/${method}`, {
      textDocument: { uri: client.uri(path) },
      position,
      context: { includeDeclaration: true },
    });
  };
  const placesOf = (locations: readonly Location[] | null): string[] =>
    (locations ?? [])
      .map(({ uri, range }) => `${uri.slice(client.uri('').length + 1)}:${range.start.line + 1}`)
      .sort();
  return {
    client,
    definition: async (path, excerpt) => placesOf(await ask('definition', path, excerpt)),
    references: async (path, excerpt) => placesOf(await ask('references', path, excerpt)),
    hover: async (path, excerpt) => {
      const hover = await ask<Hover | null>('hover', path, excerpt);
      return hover === null ? '' : (hover.contents as { value: string }).value;
    },
    async labels(path, marked) {
      await open(path);
      const text = marked.replace('¦', '');
      client.change(path, text);
      const { items } = await client.ask<CompletionList>(
        'completion',
        path,
        TextDocument.create('', '', 0, text).positionAt(marked.indexOf('¦')),
      );
      return items.map(({ label }) => label);
    },
    close() {
      client.server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
