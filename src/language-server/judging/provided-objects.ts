import { configurationNames } from '../../configuration/configuration-names.ts';
import type { FileSystem } from '../../source/file-system.ts';
import { linesOf, outlineOf } from '../yaml/outline.ts';
import { childAt, itemsOf, type OutlineNode, textAt, unquoted } from '../yaml/outline-node.ts';
import type { KnownObject } from './known-object.ts';

/** An object that the configuration names, at its line. */
export type ProvidedObject = KnownObject & Required<Pick<KnownObject, 'file' | 'line'>>;

/** What the configuration of a folder says that the clusters have from elsewhere. */
export function providedObjects(files: FileSystem, folder: string): ProvidedObject[] {
  const named = [folder, ''].flatMap((from) =>
    configurationNames.map((name) => (from === '' ? name : `${from}/${name}`)),
  );
  const file = named.find((one) => files.kind(one) === 'file');
  const bytes = file === undefined ? 'missing' : files.read(file);
  if (file === undefined || typeof bytes === 'string') return [];
  const list = childAt(outlineOf(linesOf(new TextDecoder().decode(bytes))).root, 'provided');
  return (list === undefined ? [] : itemsOf(list)).flatMap((item) => objectOf(item, file));
}

function objectOf(item: OutlineNode, file: string): ProvidedObject[] {
  const [kind, name, namespace = '', apiVersion = ''] = ['kind', 'name', 'namespace', 'apiVersion'].map(
    (key) => textAt(item, key),
  );
  if (kind === undefined || name === undefined) return [];
  const keys = childAt(item, 'keys');
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return [
    {
      ...{ group, kind, namespace, name, labels: {}, file, line: item.line },
      ...(keys === undefined ? {} : { keys: itemsOf(keys).map(({ value }) => unquoted(value)) }),
    },
  ];
}
