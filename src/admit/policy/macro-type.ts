import {
  asMap,
  bool,
  type CelType,
  dyn,
  formatType,
  isAssignable,
  listOf,
  mapOf,
  optionalOf,
} from './cel-type.ts';
import { CheckError } from './check-error.ts';
import type { MacroCall } from './macro-call.ts';
import { type Names, requireVersion } from './names.ts';
import { typeFrom } from './signatures.ts';

/** The type of a macro that loops or binds. */
export function macroType(call: MacroCall, names: Names): CelType {
  // The API server does not have cel-go's bindings library.
  if (call.name === 'cel.bind')
    throw new CheckError("undeclared reference to 'cel' (in container '')", call.receiver.start);
  // Kubernetes 1.34 brought cel-go's lists library, 1.32 its two-variable comprehensions.
  if (call.name === 'sortBy') requireVersion(34, call.name, call.receiver.end + 1, names);
  if (call.variables.length > 1)
    requireVersion(32, `${call.name} with two variables`, call.receiver.end, names);
  const range = asMap(names.typeOf(call.receiver, names));
  const [first = '', second] = call.variables;
  const bound = new Map(names.names);
  const [key, value] = rangeTypes(call, range);
  bound.set(first, second === undefined && range.name !== 'map' ? value : key);
  if (second !== undefined) bound.set(second, value);
  const types = call.bodies.map((body) => names.typeOf(body, { ...names, names: bound }));
  const result = types.at(-1) ?? dyn;
  if (
    ['all', 'exists', 'exists_one', 'existsOne', 'filter'].includes(call.name) &&
    !isAssignable(bool, result)
  ) {
    throw new CheckError(
      `the predicate of ${call.name} must be bool, not ${formatType(result)}`,
      call.bodies[0]?.start ?? 0,
    );
  }
  return macroResult(call.name, range, key, result);
}

function macroResult(name: string, range: CelType, key: CelType, result: CelType): CelType {
  switch (name) {
    case 'filter':
    case 'sortBy':
      return range.name === 'list' ? range : listOf(key);
    case 'map':
    case 'transformList':
      return listOf(result);
    case 'transformMap':
      return mapOf(key, result);
    case 'transformMapEntry':
      return result;
    case 'optMap':
      return optionalOf(result);
    case 'optFlatMap':
      return result;
    default:
      return bool;
  }
}

function rangeTypes(call: MacroCall, range: CelType): readonly [CelType, CelType] {
  if (call.name === 'optMap' || call.name === 'optFlatMap') return [range.of[0] ?? dyn, range.of[0] ?? dyn];
  if (range.name === 'map') return [range.of[0] ?? dyn, range.of[1] ?? dyn];
  if (range.name === 'list') return [typeFrom('int'), range.of[0] ?? dyn];
  if (range.name === 'dyn') return [dyn, dyn];
  const problem = `expression of type '${formatType(range)}' cannot be range of a comprehension (must be list, map, or dynamic)`;
  throw new CheckError(problem, call.receiver.start);
}
