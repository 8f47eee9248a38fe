import type { DocumentLink } from 'vscode-languageserver';
import { isKustomizationPath, kustomizationIn } from '../../object/kustomization-path.ts';
import type { FileSystem } from '../../source/file-system.ts';
import { directoryOf, normalisePath } from '../../source/path.ts';
import { type Feature, type FilePlace, ofDocument } from '../feature.ts';
import { urlOf } from '../file-url.ts';
import { objectsIn, type TextObject } from '../yaml/objects.ts';
import { nodesOf, type OutlineNode, pathOf, textAt, unquoted } from '../yaml/outline-node.ts';

export const feature: Feature = {
  capabilities: { documentLinkProvider: {} },
  register(connection, answering) {
    connection.onDocumentLinks(
      ofDocument(({ textDocument: { uri } }) => {
        const document = answering.documents.get(uri);
        const place = answering.placeOf(uri);
        if (document === undefined || place === undefined) return null;
        return linksIn(document.getText(), place);
      }),
    );
  },
};

/** The paths and addresses of a text, with what they lead to. */
export function linksIn(text: string, place: FilePlace): DocumentLink[] {
  return objectsIn(text).flatMap((object) => linksOf(object, place));
}

function linksOf(object: TextObject, place: FilePlace): DocumentLink[] {
  const isKustomization =
    isKustomizationPath(place.path) && object.kind.replace(/^(?:Kustomization|Component)$/u, '') === '';
  return nodesOf(object.outline.root).flatMap((node) => {
    if (node.value === '' || node.children.length > 0) return [];
    const text = unquoted(node.value);
    const target = isKustomization
      ? linkInKustomization(node, text, place)
      : linkInObject(node, text, { object, place });
    if (target === undefined) return [];
    const column = node.valueStart - (object.lines[node.line]?.start ?? 0);
    const range = {
      start: { line: node.line, character: column },
      end: { line: node.line, character: column + node.value.length },
    };
    return [{ range, target }];
  });
}

/** Addresses as they stand; paths where there is something. */
function linkInKustomization(
  node: OutlineNode,
  text: string,
  { files, path, url }: FilePlace,
): string | undefined {
  const at = pathOf(node);
  const field = String(at[0]);
  const isNamed = at.at(-1) === 'path' || pathLists.has(field) || at.includes('files') || at.includes('envs');
  if (!isNamed) return undefined;
  if (/^https:\/\//u.test(text)) return text;
  const named = normalisePath(join(directoryOf(path), text.replace(/^[\w.-]+=/u, '')));
  return named === undefined ? undefined : fileUrl(files, url, named);
}

const pathLists: ReadonlySet<string> = new Set([
  'resources',
  'components',
  'bases',
  'patchesStrategicMerge',
  'crds',
  'configurations',
  'generators',
  'transformers',
  'validators',
]);

/** The paths and addresses of what Flux and Argo CD take. */
function linkInObject(
  node: OutlineNode,
  text: string,
  { object, place }: { readonly object: TextObject; readonly place: FilePlace },
): string | undefined {
  const at = pathOf(node).join('.');
  if (/^spec\.(?:sources?\.(?:\d+\.)?repoURL|url)$/u.test(at))
    return /^https:\/\//u.test(text) ? text : undefined;
  if (object.kind === 'Kustomization' && /^spec\.components\.\d+$/u.test(at)) {
    // Relative to the path.
    const from = (textAt(object.outline.root, 'spec', 'path') ?? '').replace(/^\.?\//u, '');
    const component = normalisePath(join(from, text));
    return component === undefined ? undefined : fileUrl(place.files, place.url, component);
  }
  const isPath =
    (object.kind === 'Kustomization' && at === 'spec.path') ||
    (object.kind === 'HelmRelease' && at === 'spec.chart.spec.chart' && text.includes('/')) ||
    /^spec\.(?:template\.spec\.)?sources?\.(?:\d+\.)?path$/u.test(at);
  const named = isPath ? normalisePath(text.replace(/^\.\//u, '')) : undefined;
  return named === undefined ? undefined : fileUrl(place.files, place.url, named);
}

function fileUrl(files: FileSystem, url: string, path: string): string | undefined {
  const kind = files.kind(path);
  if (kind === 'file') return urlOf(url, path);
  const isFile = (file: string): boolean => files.kind(file) === 'file';
  const chart = join(path, 'Chart.yaml');
  const inside =
    kind === 'directory' ? (kustomizationIn(path, isFile) ?? (isFile(chart) ? chart : undefined)) : undefined;
  return inside === undefined ? undefined : urlOf(url, inside);
}

function join(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}
