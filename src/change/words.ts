import { splitImage } from '../build/transformers/images.ts';
import type { Resource } from '../object/resource.ts';
import { formatPath, type Mapping, type Path, type Value, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import type { Held } from './effect.ts';

/** What an update changes, in words: of images and numbers the values, of all else the fields. */
export function changeWords(base: Held, head: Held, paths: readonly Path[], after: Mapping): string {
  const said = [...new Set(paths.map((path) => fieldWords(base.resource, head.resource, path, after)))];
  const more = said.length > 3 ? ` and ${said.length - 3} more` : '';
  return said.slice(0, 3).join(', ') + more;
}

function fieldWords(
  { object: base }: Resource,
  { object: head }: Resource,
  path: Path,
  state: Mapping,
): string {
  const [before, after] = [valueAt(base, path), valueAt(head, path)];
  if (path.at(-1) === 'image')
    return imageWords(valueText(valueAt(head, [...path.slice(0, -1), 'name'])), before, after);
  const tagged = taggedImage(head, path);
  if (tagged !== undefined) return imageWords(tagged, withTag(tagged, before), withTag(tagged, after));
  const field = withoutIndices(path);
  if (head['kind'] === 'Secret' || !isPlain(before) || !isPlain(after)) return field;
  if (before === undefined) return `${field} ${valueText(after)}`;
  if (after !== undefined) return `${field} ${valueText(before)} → ${valueText(after)}`;
  const left = valueAt(state, path);
  const counts = isPlain(left) && left !== undefined ? `, so the default applies: ${valueText(left)}` : '';
  return `${field} ${valueText(before)} is removed${counts}`;
}

/** The image whose tag a field is, as the values of charts write it: `repository` beside `tag`. */
function taggedImage(object: Mapping, path: Path): string | undefined {
  const repository =
    path.at(-1) === 'tag' ? valueAt(object, [...path.slice(0, -1), 'repository']) : undefined;
  return typeof repository === 'string' && /^[\w./:-]+$/u.test(repository) ? repository : undefined;
}

function withTag(repository: string, tag: Value | undefined): string {
  const text = valueText(tag);
  return /^[\w.-]{1,128}(?:@sha256:[0-9a-f]+)?$/u.test(text) ? `${repository}:${text}` : repository;
}

// Texts may be secrets; numbers and switches are none.
function isPlain(value: Value | undefined): boolean {
  return value === undefined || typeof value === 'number' || typeof value === 'boolean';
}

/** `image web 2.4.1 → 2.5.0`; the whole names where more than the tag differs. */
function imageWords(container: string, before: Value | undefined, after: Value | undefined): string {
  const [old, now] = [before, after].map((one) => (typeof one === 'string' ? splitImage(one) : undefined));
  if (old !== undefined && now !== undefined && old.name === now.name)
    return `image ${old.name} ${tagWords(old) || 'without tag'} → ${tagWords(now) || 'without tag'}`;
  return `image of ${container} ${textOf(before)} → ${textOf(after)}`;
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : 'none';
}

/** The tag of an image, and the beginning of its digest. */
function tagWords({ tag, digest }: ReturnType<typeof splitImage>): string {
  return digest === '' ? tag : `${tag}@${digest.slice(0, 19)}`;
}

/** A path as a person says it: the places in lists tell nothing in two revisions. */
export function withoutIndices(path: Path): string {
  return formatPath(path.filter((step) => typeof step !== 'number'));
}
