import { knownOnce } from '../object/known-once.ts';
import { readMadeText } from '../object/made-document.ts';
import {
  lastOrigin,
  locateField,
  type Origin,
  originOfDocument,
  originOfPart,
  type Tracked,
} from '../object/provenance.ts';
import type { Resource } from '../object/resource.ts';
import { parseDocuments } from '../source/parse.ts';
import { parseEmbedded } from '../source/parse-embedded.ts';
import { isMapping, type Mapping } from '../source/value.ts';

/** A YAML document that stands in the data of a ConfigMap, as a file that a program reads. */
export interface EmbeddedDocument {
  readonly key: string;
  readonly document: Tracked<Mapping>;
}

const longest = 200_000;

/** The YAML documents in the data of a ConfigMap whose text holds a word; those that cannot be read are passed over. */
export function embeddedDocuments(configMap: Resource, word: string): EmbeddedDocument[] {
  const { object } = configMap;
  const data = object['kind'] === 'ConfigMap' ? object['data'] : undefined;
  if (!isMapping(data)) return [];
  return Object.keys(data).flatMap((key) => {
    const text = data[key];
    if (typeof text !== 'string' || text.length > longest || !text.includes(word)) return [];
    return parsedOf(configMap)(key, text);
  });
}

const parsedOf = knownOnce((configMap: Resource) => {
  const known = new Map<string, EmbeddedDocument[]>();
  return (key: string, text: string): EmbeddedDocument[] => {
    const documents = known.get(key) ?? parse(configMap, key, text);
    known.set(key, documents);
    return documents;
  };
});

function parse(configMap: Resource, key: string, text: string): EmbeddedDocument[] {
  const origin = ['data', key].reduce<Origin>(originOfPart, configMap.origin);
  return documentsOf(text, origin).flatMap(({ value, origin: own }) =>
    isMapping(value) ? [{ key, document: { value, origin: own } }] : [],
  );
}

/** The documents of a text, at the lines where they stand: in a file of their own, in another document, or where a template has them. */
function documentsOf(text: string, origin: Origin): readonly Tracked[] {
  const written = lastOrigin(origin);
  if ('template' in written)
    return written.made?.text === text ? readMadeText(written.made, '', 'kustomize').documents : [];
  const { span } = locateField({ value: text, origin }, []);
  const isOwnFile = span !== undefined && span.file.text === text;
  const { documents } = isOwnFile
    ? parseDocuments(span.file, 'kustomize')
    : 'positions' in written
      ? parseEmbedded(text, written.positions, written.index, { as: 'kustomize' })
      : { documents: [] };
  return documents.map(({ value, positions }) => ({
    value,
    origin: originOfDocument('resources', positions),
  }));
}
