import type { YamlReader } from './document.ts';
import type { AliasNode, MappingNode, Node } from './yaml/node.ts';

/**
 * What becomes of what stands somewhere in a document: for kustomize, which expands aliases and merges and then goes through an object
 * several times, this differs from place to place (api/resource/factory.go, kyaml/kio and kyaml/yaml/rnode.go of v5.8).
 */
export interface Place {
  /** Whether go-yaml decodes it, so that tags have to fit; elsewhere its text is taken. */
  readonly isDecoded: boolean;
  /** Whether it is encoded as JSON after that, which knows neither infinite numbers nor keys that are no strings. */
  readonly becomesJson: boolean;
  /** Whether it is written as YAML before, with its style and its comments, and read again. */
  readonly isWritten: boolean;
  /** Whether the text of a scalar counts, whatever its tag. */
  readonly isText: boolean;
  /** Whether nothing becomes of it. */
  readonly isDropped: boolean;
  /** Whether it is merged into an object: a key is but its text, and the tag alone says that there is no value. */
  readonly isMerged: boolean;
  /** Which keys are taken: each text, each scalar but null, or strings. */
  readonly keys: 'text' | 'scalar' | 'string';
  /** Of what stands below these keys, where it differs from the rest. */
  readonly fields: ReadonlyMap<string, Place> | undefined;
  /** Of all else below; undefined where it is the same. */
  readonly rest: Place | undefined;
  /** What the items of this list are, if they are objects of their own. */
  readonly holds: 'objects' | 'patches' | undefined;
  /** Whether kustomize has read it from JSON. */
  readonly isFromJson: boolean;
  /** Whether kustomize adds metadata here if there are none. */
  readonly needsMetadata: boolean;
  /** Whether a patch is merged with nothing here, key by key. */
  readonly isWalked: boolean;
}

/** What is decoded, and then encoded as JSON. */
const decoded: Place = {
  isDecoded: true,
  becomesJson: true,
  isWritten: false,
  isText: false,
  isDropped: false,
  isMerged: false,
  keys: 'string',
  fields: undefined,
  rest: undefined,
  holds: undefined,
  isFromJson: false,
  needsMetadata: false,
  isWalked: false,
};

/** What is decoded and takes part in nothing. */
const unused: Place = { ...decoded, becomesJson: false, isDropped: true, keys: 'scalar' };

/** What nobody decodes. */
const unread: Place = { ...unused, isDecoded: false, keys: 'text' };

/** What nobody decodes once its merges are expanded. */
const expanded: Place = { ...unread };

const written: Place = { ...decoded, isWritten: true };

const merged: Place = { ...written, isMerged: true, keys: 'text' };

/** kustomize makes the annotations anew of their texts, of which a map has none. */
const annotations: Place = {
  ...unread,
  isText: true,
  isDropped: false,
  rest: { ...unread, isText: true, isDropped: false, rest: expanded },
};

/** Of a list without items they are decoded before that. */
const decodedAnnotations: Place = {
  ...annotations,
  isDecoded: true,
  keys: 'scalar',
  rest: { ...unused, isText: true, isDropped: false, rest: unused },
};

function below(place: Place, fields: Readonly<Record<string, Place>>): Place {
  return { ...place, fields: new Map(Object.entries(fields)), rest: place.rest ?? place };
}

/** The keys of an object itself are decoded into strings, whatever scalars they are. */
function objectOf(place: Place, ofAnnotations: Place): Place {
  const root = below(place, { metadata: below(place, { annotations: ofAnnotations }) });
  return { ...root, keys: place.isMerged ? 'text' : 'scalar' };
}

function mergedAnnotations(place: Place): Place {
  return { ...place, isMerged: true, keys: 'text', rest: { ...(place.rest ?? place), isMerged: true } };
}

/** By what the root of a document is. */
const places = {
  /** What sigs.k8s.io/yaml makes JSON of. */
  served: decoded,
  /** What becomes text before there is JSON. */
  fieldSpecs: { ...decoded, becomesJson: false },
  object: objectOf(written, annotations),
  /** A kind that ends in List, without items: kustomize decodes it to look for them. */
  list: { ...objectOf(written, decodedAnnotations), needsMetadata: true },
  /** One with items: kustomize encodes each of them as JSON and reads that as a file. */
  listOfJson: below(unused, { items: { ...decoded, isFromJson: true } }),
  /** A List alone in its file: kustomize takes its items as they stand, and decodes nothing of the rest. */
  listOfObjects: below(unread, { items: { ...unread, holds: 'objects' } }),
  listOfPatches: below(unread, { items: { ...unread, holds: 'patches' } }),
  patch: objectOf(merged, mergedAnnotations(annotations)),
  patchOfList: { ...objectOf(merged, mergedAnnotations(decodedAnnotations)), keys: 'scalar' },
  /** A patch that deletes its target, or leaves it as it is, which is what kustomize does where one replaces it. */
  deletion: { ...unread, isMerged: true },
} as const satisfies Record<string, Place>;

/** Where the root of a document stands. `isApart` says that kustomize takes its items alone. */
export function placeOfRoot(root: Node, reader: YamlReader, isApart: boolean): Place {
  if (reader === 'field-specs') return places.fieldSpecs;
  if (reader !== 'kustomize' && reader !== 'patch') return places.served;
  if (reader === 'patch') return isApart ? places.listOfPatches : placeOfPatch(root);
  return isApart ? places.listOfObjects : placeOfObject(root);
}

function placeOfPatch(root: Node): Place {
  const deletes = own(root, '$patch');
  if (deletes?.kind === 'scalar' && wholeDirectives.has(deletes.text)) return places.deletion;
  if (!isListKind(root)) return places.patch;
  return fieldOf(root, 'items') === undefined ? places.patchOfList : places.listOfJson;
}

const wholeDirectives: ReadonlySet<string> = new Set(['delete', 'replace']);

function placeOfObject(object: Node): Place {
  if (!isListKind(object)) return places.object;
  return fieldOf(object, 'items') === undefined ? places.list : places.listOfJson;
}

/** Where the value of a key stands. */
export function placeBelow(place: Place, key: string): Place {
  return place.fields?.get(key) ?? place.rest ?? place;
}

/** Where an item of a list stands. */
export function placeOfItem(place: Place, item: Node): Place {
  if (place.holds === 'objects') return placeOfObject(resolved(item));
  if (place.holds === 'patches') return placeOfPatch(resolved(item));
  if (place.isWalked) return writtenForNothing;
  return place.isMerged && place.isDecoded && !place.isText ? inPatchedList : (place.rest ?? place);
}

/** In a list of a patch, which mostly takes the place of another one as it is. */
export const inPatchedList: Place = { ...merged };

const writtenForNothing: Place = { ...merged, isDecoded: false, becomesJson: false, isDropped: true };

/** Below the key of null of a patch: it is merged and written, and nothing is left of it when it is read again. */
export const belowNull: Place = { ...writtenForNothing, isWalked: true };

/** Whether nobody looks at what stands here, not even for aliases of what they stand in. */
export function isUnread(place: Place): boolean {
  return place === unread || isTakenApartAt(place);
}

/** Where a `<<` stands that is left to what decodes the mapping: nothing looks for fields in it, and its keys become texts. */
export function placeOfMerge(place: Place): Place {
  const rest = place.rest ?? place;
  const keys = place.keys === 'string' ? 'scalar' : place.keys;
  return { ...place, fields: undefined, rest, keys, needsMetadata: false };
}

/** Whether these are annotations of which kustomize takes the texts. */
export function isTextOfAnnotations(place: Place): boolean {
  return place.isText && place.rest?.isText === true;
}

/** Whether kustomize takes nothing of a document: it is a list that has a configuration of functions only. */
export function holdsNothing(root: Node, place: Place): boolean {
  return isTakenApartAt(place) && itemsOf(root) === undefined;
}

/** Whether this is where a List stands of which kustomize takes the items, and looks at nothing else. */
function isTakenApartAt(place: Place): boolean {
  return place === places.listOfObjects || place === places.listOfPatches;
}

/** Whether kustomize takes the items of a List alone in its file, for which it looks before it expands an alias or a merge. */
export function isTakenApart(root: Node): boolean {
  const kind = own(root, 'kind');
  const isKind = kind?.kind === 'scalar' && (kind.text === 'List' || kind.text === 'ResourceList');
  return isKind && (own(root, 'items') ?? own(root, 'functionConfig')) !== undefined;
}

/** The items of a List as they stand in it. */
export function itemsOf(root: Node): Node | undefined {
  return own(root, 'items');
}

function isListKind(object: Node): boolean {
  const field = own(object, 'kind');
  const kind = field === undefined ? undefined : resolved(field);
  return kind?.kind === 'scalar' && kind.text.endsWith('List');
}

function own(object: Node, name: string): Node | undefined {
  if (object.kind !== 'mapping') return undefined;
  return object.pairs.find(({ key }) => key.kind === 'scalar' && key.text === name)?.value;
}

/** The value of a key, also in merges that are left to what decodes it. */
function fieldOf(object: Node, name: string, depth = 0): Exclude<Node, AliasNode> | undefined {
  const found = own(object, name);
  if (found !== undefined) return resolved(found);
  if (object.kind !== 'mapping' || depth > deepestMerge) return undefined;
  for (const source of mergedInto(object)) {
    const value = fieldOf(source, name, depth + 1);
    if (value !== undefined) return value;
  }
  return undefined;
}

const deepestMerge = 8;

function mergedInto({ pairs }: MappingNode): readonly Node[] {
  const value = pairs.find(
    ({ key }) => key.kind === 'scalar' && key.text === '<<' && key.style === 'plain',
  )?.value;
  const source = value === undefined ? undefined : resolved(value);
  if (source?.kind === 'sequence') return source.items.map(resolved);
  return source === undefined ? [] : [source];
}

export function resolved(node: Node): Exclude<Node, AliasNode> {
  return node.kind === 'alias' ? resolved(node.target) : node;
}
