import type { Location } from 'vscode-languageserver';
import { startOf } from '../diagnostic/span.ts';
import { isKustomizationPath, kustomizationIn } from '../object/kustomization-path.ts';
import { normalisePath } from '../source/path.ts';
import { rangeOf } from './editor-range.ts';
import { valuesAt } from './values-at.ts';
import { isFile, uriOf, type Workspace } from './workspace.ts';

/** Where what stands at a place comes from: the file that a kustomization names, or the layers below a value, the base first. */
export function definitionsAt(workspace: Workspace, path: string, text: string, offset: number): Location[] {
  const named = isKustomizationPath(path) ? namedFile(workspace, path, wordAt(text, offset)) : undefined;
  if (named !== undefined) {
    const file = { path: named, text: '' };
    return [{ uri: uriOf(workspace, named), range: rangeOf(startOf(file)) }];
  }
  const locations = new Map<string, Location>();
  for (const { steps, at } of valuesAt(workspace.judgement.builds.values(), { path, offset })) {
    for (const { span } of steps.slice(0, steps.indexOf(at))) {
      if (!isFile(workspace, span.file.path)) continue;
      const location = { uri: uriOf(workspace, span.file.path), range: rangeOf(span) };
      locations.set(JSON.stringify(location), location);
    }
  }
  return [...locations.values()];
}

/** The text around a place without quotes, blanks and what lists are written with. */
function wordAt(text: string, offset: number): string {
  const [before = ''] = /[^\s"',[\]{}]*$/u.exec(text.slice(Math.max(0, offset - 1_000), offset)) ?? [];
  const [after = ''] = /^[^\s"',[\]{}]*/u.exec(text.slice(offset, offset + 1_000)) ?? [];
  const word = before + after;
  // `key=path` of a generator's files.
  return word.slice(word.indexOf('=') + 1);
}

function namedFile({ fileSystem }: Workspace, kustomization: string, word: string): string | undefined {
  const folder = kustomization.slice(0, kustomization.lastIndexOf('/') + 1);
  const path = word === '' ? undefined : normalisePath(folder + word);
  if (path === undefined) return undefined;
  const kind = fileSystem.kind(path);
  if (kind === 'file') return path;
  if (kind !== 'directory') return undefined;
  return kustomizationIn(path, (file) => fileSystem.kind(file) === 'file');
}
