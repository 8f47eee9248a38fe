import { isMapping, isSequence, type Mapping, type Path, type Value } from '../../source/value.ts';
import { isKnownFormat } from '../schema/format.ts';
import { type Check, invalid } from '../validation/check.ts';
import { items, struct, text } from '../validation/fields.ts';

const maximumDepth = 100;

/** Formats that a server does not know and lets hold for everything, all in one warning at the first of them; since 1.34. */
export function warnOfFormats(crd: Mapping, check: Check): void {
  if (check.minor < 34) return;
  const found = items(struct(crd, 'spec'), 'versions').flatMap((version, index) => {
    const schema = isMapping(version) ? struct(struct(version, 'schema'), 'openAPIV3Schema') : undefined;
    const at: Path = ['spec', 'versions', index, 'schema', 'openAPIV3Schema'];
    return schema === undefined ? [] : unknownFormats(schema, at, check.minor);
  });
  const [first] = found;
  if (first === undefined) return;
  const names = [...new Set(found.map(({ words }) => words))];
  const shown =
    names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  invalid(check, first.path, null, `the server knows no format ${shown}, and checks nothing by it`);
}

interface UnknownFormat {
  readonly path: Path;
  readonly words: string;
}

/** Looked for wherever a schema may hold another one (SchemaHas of apiextensions). */
function unknownFormats(schema: Mapping, path: Path, minor: number): UnknownFormat[] {
  if (path.length > maximumDepth) return [];
  const [format, type] = [text(schema, 'format'), text(schema, 'type')];
  const own =
    format === '' || isKnownFormat(format, type, minor)
      ? []
      : [{ path: [...path, 'format'], words: type === '' ? format : `${format} for type ${type}` }];
  return [...own, ...schemasIn(schema, path).flatMap(([inner, at]) => unknownFormats(inner, at, minor))];
}

const single = ['items', 'additionalProperties', 'additionalItems', 'not'];
const several = ['allOf', 'oneOf', 'anyOf', 'items'];
const named = ['properties', 'patternProperties', 'definitions'];

function schemasIn(schema: Mapping, path: Path): [Mapping, Path][] {
  const at = (value: Value | undefined, place: Path): [Mapping, Path][] =>
    isMapping(value) ? [[value, place]] : [];
  return [
    ...single.flatMap((key) => at(schema[key], [...path, key])),
    ...several.flatMap((key) => {
      const list = schema[key];
      return isSequence(list) ? list.flatMap((one, index) => at(one, [...path, key, index])) : [];
    }),
    ...named.flatMap((key) => {
      const map = schema[key];
      return isMapping(map) ? Object.keys(map).flatMap((name) => at(map[name], [...path, key, name])) : [];
    }),
  ];
}
