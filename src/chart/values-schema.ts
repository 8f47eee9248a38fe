import { locateField, unknownOf } from '../object/provenance.ts';
import { hasVariable } from '../source/enclosed.ts';
import { formatPath, isMapping, type Path } from '../source/value.ts';
import { isList, isMap } from '../template/value/datum.ts';
import { plainOf } from '../template/value/from-value.ts';
import type { GoMap, Known } from '../template/value/model.ts';
import { type Chart, ValuesRefused } from './chart.ts';
import { schemaViolations } from './json-schema.ts';
import { parseJsonFile } from './read-yaml.ts';
import type { UnknownParts } from './schema-run.ts';

/** Refuses values that do not fit the schemas of a chart and the charts inside of it; what a schema takes from elsewhere is let pass. */
export function refuseValues(chart: Chart, values: GoMap): void {
  const schema = chart.schema === undefined ? undefined : parseJsonFile(chart.schema);
  const violations = isMapping(schema)
    ? schemaViolations(schema, plainOf(values), unknownParts(values))
    : undefined;
  if (violations !== undefined && 'invalid' in violations)
    throw new ValuesRefused(
      `the schema of chart ${chart.metadata.name} is not a JSON schema: ${violations.invalid}`,
      chart.schema?.path,
    );
  const [first, ...others] = violations ?? [];
  if (first !== undefined) {
    const span = spanAt(values, first.path);
    const more = others.length === 0 ? '' : `; ${others.slice(0, mostOthers).map(wordsOf).join('; ')}`;
    const words = `values do not meet the schema of chart ${chart.metadata.name}: ${wordsOf(first)}${more}`;
    throw new ValuesRefused(words, span?.file.path ?? chart.schema?.path, span?.start);
  }
  for (const child of chart.dependencies) {
    const table = values.entries.get(child.metadata.name)?.value;
    if (isMap(table)) refuseValues(child, table);
  }
}

const mostOthers = 5;

function wordsOf({ path, message }: { readonly path: Path; readonly message: string }): string {
  return `${formatPath(path) || 'they'} ${message}`;
}

/** Which parts of the values nobody knows before the deployment: stand-ins, and texts with a variable left; undefined where none is. */
function unknownParts(values: GoMap): UnknownParts | undefined {
  const parts = { at: new Set<string>(), below: new Set<string>() };
  noteUnknown({ value: values, origins: [] }, [], parts);
  if (parts.at.size === 0) return undefined;
  const keyOf = (path: Path): string => JSON.stringify(path);
  return { isAt: (path) => parts.at.has(keyOf(path)), isBelow: (path) => parts.below.has(keyOf(path)) };
}

function noteUnknown(
  { value, origins }: Known,
  path: Path,
  parts: { readonly at: Set<string>; readonly below: Set<string> },
): boolean {
  const isStandIn = origins.some((origin) => unknownOf(origin) !== undefined);
  const isOpen = isStandIn || (typeof value === 'string' && hasVariable(value));
  if (isOpen) parts.at.add(JSON.stringify(path));
  const items = isMap(value) ? [...value.entries] : isList(value) ? [...value.items.entries()] : [];
  const inside = items.filter(([step, known]) => noteUnknown(known, [...path, step], parts));
  if (inside.length > 0) parts.below.add(JSON.stringify(path));
  return isOpen || inside.length > 0;
}

/** Where the value at a path was set, or what is nearest above it. */
function spanAt(values: GoMap, path: Path): ReturnType<typeof locateField>['span'] {
  const { known, origins } = nearestTo(values, path);
  const [origin] = origins;
  return origin === undefined ? undefined : locateField({ value: plainOf(known.value), origin }, []).span;
}

/** The value at a path or above it, and the origins of the last value on the way that has some. */
function nearestTo(values: GoMap, path: Path): { readonly known: Known; readonly origins: Known['origins'] } {
  let known: Known = { value: values, origins: [] };
  let origins = known.origins;
  for (const step of path) {
    const { value } = known;
    const next: Known | undefined =
      isMap(value) && typeof step === 'string'
        ? value.entries.get(step)
        : isList(value) && typeof step === 'number'
          ? value.items[step]
          : undefined;
    if (next === undefined) break;
    known = next;
    origins = next.origins.length > 0 ? next.origins : origins;
  }
  return { known, origins };
}
