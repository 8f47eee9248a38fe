import type { CompletionItem } from 'vscode-languageserver';
import { complete } from '../../src/language-server/completion/complete.ts';
import { knowledgeOf } from '../../src/language-server/judging/knowledge.ts';
import { cursorAt } from '../../src/language-server/yaml/cursor.ts';
import { judge } from '../../src/run/judge.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

/** What is proposed at `|` in a file, in the midst of others that were judged before somebody began to write. */
export function completeAt(
  path: string,
  text: string,
  files: Readonly<Record<string, string>> = {},
): CompletionItem[] {
  const offset = text.indexOf('|');
  const written = text.slice(0, offset) + text.slice(offset + 1);
  const fileSystem = memoryFileSystem(files);
  const judgement = judge({ fileSystem, paths: [''] });
  const cursor = cursorAt(written, offset);
  if (cursor === undefined) return [];
  const line = {
    before: written.slice(written.lastIndexOf('\n', offset - 1) + 1, offset),
    after: written.slice(offset).split('\n', 1).join(''),
  };
  const rules = ['secret-in-git', 'limits-missing'];
  const knowledge = knowledgeOf({ judgement, fileSystem });
  return complete({ cursor, path, files: fileSystem, knowledge, rules }, line, true).items;
}

export function labelsAt(...given: Parameters<typeof completeAt>): string[] {
  return completeAt(...given).map(({ label }) => label);
}
