import type { CodeLens } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { grouped } from '../../diagnostic/grouped.ts';
import { plural } from '../../diagnostic/plural.ts';
import { visible } from '../../report/visible.ts';
import { type Answering, type Feature, ofDocument } from '../feature.ts';
import type { FinishedFile } from '../finished.ts';
import { linesOfObject, objectsIn, type TextObject } from '../yaml/objects.ts';

export const feature: Feature = {
  capabilities: { codeLensProvider: {} },
  register(connection, answering) {
    connection.onCodeLens(
      ofDocument(({ textDocument: { uri } }) => {
        const document = answering.documents.get(uri);
        return document === undefined ? null : lensesOf(answering, document);
      }),
    );
  },
};

function lensesOf({ finished }: Answering, document: TextDocument): CodeLens[] {
  const file = finished.file(document.uri, document.getText());
  return file === undefined ? [] : [...deletions(file), ...renderings(file, document)];
}

/** At each edited line all that it deletes; the command shows the plan. */
function deletions({ found }: FinishedFile): CodeLens[] {
  const deleting = found.filter(({ deletes }) => deletes !== undefined);
  const byLine = grouped(deleting, ({ diagnostic }) => `${diagnostic.range.start.line}`);
  return [...byLine].map(([key, here]) => {
    const line = Number(key);
    const objects = new Set(here.flatMap(({ deletes }) => deletes?.objects ?? []));
    const clusters = new Set(here.flatMap(({ deletes }) => deletes?.clusters ?? []));
    const [one = ''] = objects;
    const what = objects.size === 1 ? visible(one) : plural(objects.size, 'object');
    const title = `${what} deleted from ${plural(clusters.size, 'cluster')} by this edit`;
    const start = { line, character: 0 };
    return { range: { start, end: start }, command: { title, command: 'cdb-lint.plan' } };
  });
}

/** Above each object where it is rendered; the command shows it as it is there. */
function renderings(file: FinishedFile, document: TextDocument): CodeLens[] {
  if (file.reading === undefined) return [];
  const rootsBetween = rootsIn(file);
  return objectsIn(document.getText()).flatMap((object) => {
    const [line] = linesOfObject(object);
    const roots = object.kind === '' ? [] : rootsOf(object, document, rootsBetween);
    if (roots.length === 0) return [];
    const range = { start: { line, character: 0 }, end: { line, character: 0 } };
    const title =
      roots.length === 1
        ? `rendered for ${visible(roots[0] || '.')}`
        : `rendered for ${plural(roots.length, 'build')}: ${roots
            .slice(0, shown)
            .map((root) => visible(root || '.'))
            .join(', ')}${roots.length > shown ? ', …' : ''}`;
    return [{ range, command: { title, command: 'cdb-lint.showRendered', arguments: [document.uri, line] } }];
  });
}

const shown = 4;

/** The builds that something of the object reaches. */
function rootsOf(
  object: TextObject,
  document: TextDocument,
  rootsBetween: (start: number, end: number) => string[],
): string[] {
  const [first, last] = linesOfObject(object);
  const start = document.offsetAt({ line: first, character: 0 });
  return rootsBetween(start, document.offsetAt({ line: last + 1, character: 0 }));
}

/** Looks up the builds that places between two offsets reach; whoever asks goes through the text from its start. */
function rootsIn({ reading, shift }: FinishedFile): (start: number, end: number) => string[] {
  const places = (reading?.places ?? [])
    .map((one) => ({ start: shift.forward(one.start), end: shift.forward(one.end), roots: one.roots }))
    .sort((a, b) => a.start - b.start);
  let next = 0;
  return (start, end) => {
    const roots = new Set<string>();
    for (let place = places[next]; place !== undefined && place.start < end; place = places[++next])
      if (start <= place.start && place.end <= end) for (const root of place.roots) roots.add(root);
    return [...roots].sort();
  };
}
