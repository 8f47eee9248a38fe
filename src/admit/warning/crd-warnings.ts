import { isMapping, isSequence, type Mapping, type Path, type Value } from '../../source/value.ts';
import { isKnownFormat } from '../schema/format.ts';
import { type Check, invalid } from '../validation/check.ts';
import { items, struct, text } from '../validation/fields.ts';

const maximumDepth = 100;

/** Formats that a server does not know and lets hold for everything, all in one warning at the first of them; since 1.34. */
export function warnOfFormats(crd: Mapping, check: Check): void {
  if (check.minor < 34) return;
  const found: UnknownFormat[] = [];
  for (const [index, version] of items(struct(crd, 'spec'), 'versions').entries()) {
    const schema = isMapping(version) ? struct(struct(version, 'schema'), 'openAPIV3Schema') : undefined;
    const at = ['spec', 'versions', index, 'schema', 'openAPIV3Schema'];
    collectUnknownFormats(schema, at, check.minor, found);
  }
  const [first] = found;
  if (first === undefined) return;
  const names = [...new Set(found.map(({ words }) => words))];
  const shown =
    names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  invalid(check, first.path, null, `the server does not know the format ${shown}, and ignores it`);
}

interface UnknownFormat {
  readonly path: Path;
  readonly words: string;
}

/** Looked for wherever a schema may hold another one (SchemaHas of apiextensions). The path is one list, copied for what is found. */
function collectUnknownFormats(
  schema: Value | undefined,
  path: (string | number)[],
  minor: number,
  found: UnknownFormat[],
): void {
  if (!isMapping(schema) || path.length > maximumDepth) return;
  const [format, type] = [text(schema, 'format'), text(schema, 'type')];
  if (format !== '' && !isKnownFormat(format, type, minor))
    found.push({ path: [...path, 'format'], words: type === '' ? format : `${format} for type ${type}` });
  const within = (inner: Value | undefined, ...steps: readonly (string | number)[]): void => {
    path.push(...steps);
    collectUnknownFormats(inner, path, minor, found);
    path.length -= steps.length;
  };
  for (const key of single) if (isMapping(schema[key])) within(schema[key], key);
  for (const key of several) {
    const list = schema[key];
    if (isSequence(list)) for (const [index, one] of list.entries()) within(one, key, index);
  }
  for (const key of named) {
    const map = schema[key];
    if (isMapping(map)) for (const name of Object.keys(map)) within(map[name], key, name);
  }
}

const single = ['items', 'additionalProperties', 'additionalItems', 'not'];
const several = ['allOf', 'oneOf', 'anyOf', 'items'];
const named = ['properties', 'patternProperties', 'definitions'];
