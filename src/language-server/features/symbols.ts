import { type DocumentSymbol, type SymbolInformation, SymbolKind } from 'vscode-languageserver';
import { visible } from '../../report/visible.ts';
import { type Answering, type Feature, lacking, ofDocument } from '../feature.ts';
import { urlOf } from '../file-url.ts';
import { linesOfObject, objectsIn, type TextObject } from '../yaml/objects.ts';
import type { OutlineNode } from '../yaml/outline-node.ts';

export const feature: Feature = {
  capabilities: { documentSymbolProvider: true, workspaceSymbolProvider: true },
  register(connection, answering) {
    connection.onDocumentSymbol(
      ofDocument(({ textDocument: { uri } }) => {
        const document = answering.documents.get(uri);
        return document === undefined ? null : symbolsOf(document.getText());
      }),
    );
    connection.onWorkspaceSymbol(({ query }) =>
      typeof query === 'string' ? symbolsNamed(answering, query) : lacking('a query'),
    );
  },
};

/** The objects of a text, with no value where one of them may hold a secret. */
function symbolsOf(text: string): DocumentSymbol[] {
  const isSecret = mayHoldSecret(text);
  return objectsIn(text).map((object) => symbolOf({ ...object, isSecret }));
}

/** An object with the keys below it, as far as an editor shows them. */
function symbolOf(object: Shown): DocumentSymbol {
  const { kind, name, namespace, lines } = object;
  const [first, last] = linesOfObject(object);
  const end = { line: last, character: lines[last]?.text.length ?? 0 };
  return {
    name: visible([kind, name].filter((part) => part !== '').join('/')) || 'document',
    ...(namespace === '' ? {} : { detail: visible(namespace) }),
    kind: SymbolKind.Object,
    range: { start: { line: first, character: 0 }, end },
    selectionRange: rangeOfNode(object.nameNode ?? object.outline.root.children[0], first),
    children: object.outline.root.children.flatMap((node) => keyOf(node, object, 1)),
  };
}

const deepest = 3;

interface Shown extends TextObject {
  readonly isSecret: boolean;
}

/** A Secret, a list of them, what generates, patches or replaces one: of all these keys are shown and no values. */
function mayHoldSecret(text: string): boolean {
  return text
    .split('\n')
    .some((line) => /kind["']?\s*:\s*["']?Secret|secretGenerator|stringData|password|\btoken/iu.test(line));
}

function keyOf(node: OutlineNode, object: Shown, depth: number): DocumentSymbol[] {
  if (node.is !== 'key' || depth > deepest) return [];
  const end = { line: node.lastLine, character: object.lines[node.lastLine]?.text.length ?? 0 };
  const own = rangeOfNode(node, node.line);
  return [
    {
      name: visible(node.key) || '""',
      ...(node.value === '' || object.isSecret ? {} : { detail: visible(node.value).slice(0, 80) }),
      kind: node.children.length > 0 ? SymbolKind.Namespace : SymbolKind.Field,
      range: {
        start: own.start,
        end: node.lastLine === node.line && end.character < own.end.character ? own.end : end,
      },
      selectionRange: own,
      children: node.children.flatMap((child) => keyOf(child, object, depth + 1)),
    },
  ];
}

function rangeOfNode(node: OutlineNode | undefined, line: number): DocumentSymbol['range'] {
  const start = node?.indent ?? 0;
  const from = { line: node?.line ?? line, character: Math.max(start, 0) };
  return {
    start: from,
    end: { ...from, character: from.character + (node === undefined ? 0 : node.end - node.start) },
  };
}

const mostSymbols = 500;

/** The objects of all builds with a name, kind or namespace like that, at the file that they were first written in. */
function symbolsNamed({ finished }: Answering, query: string): SymbolInformation[] {
  const wanted = query.toLowerCase();
  const nowhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  return finished.folders().flatMap((folder) =>
    folder
      .knowledge()
      .objects.filter(({ kind, name, namespace }) =>
        `${kind}/${name} ${namespace}`.toLowerCase().includes(wanted),
      )
      .slice(0, mostSymbols)
      .flatMap(({ kind, name, namespace, file, line = 0 }) => {
        if (file === undefined) return [];
        const at = { line, character: 0 };
        return [
          {
            name: visible(`${kind}/${name}`),
            kind: SymbolKind.Object,
            containerName: visible(namespace),
            location: { uri: urlOf(folder.url, file), range: line === 0 ? nowhere : { start: at, end: at } },
          },
        ];
      }),
  );
}
