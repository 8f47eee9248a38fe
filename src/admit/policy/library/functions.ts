import { CelError, noSuchOverload } from '../cel-error.ts';
import { isList, isMap, isOptional, keysOf, optional } from '../cel-value.ts';
import type { Implementation, Library } from './argument.ts';
import { stringArgument } from './argument.ts';
import { conversionFunctions } from './conversions.ts';
import { formatFunctions, validateFormat } from './format.ts';
import { listFunctions, listMethods, listPositions } from './lists.ts';
import { networkFunctions, networkMethods } from './network.ts';
import { orderMethods, quantityFunctions, quantityMethods } from './quantity.ts';
import { matches, regexMethods } from './regex.ts';
import { semverFunctions, semverMethods } from './semver.ts';
import { stringFunctions, stringMethods } from './strings.ts';
import { timeMethods } from './time.ts';

const optionalFunctions: Library = {
  'optional.of': ([value]) => optional(value),
  'optional.none': () => optional(undefined),
  'optional.ofNonZeroValue': ([value]) => {
    const isZero =
      value === null ||
      value === '' ||
      value === 0n ||
      value === false ||
      isEmpty(value) ||
      value === undefined;
    return optional(isZero ? undefined : value);
  },
};

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isMap(value as never) && keysOf(value as never).length === 0;
}

const optionalMethods: Library = {
  hasValue: ([value]) => {
    if (!isOptional(value)) throw noSuchOverload();
    return value.value !== undefined;
  },
  value: ([value]) => {
    if (!isOptional(value)) throw noSuchOverload();
    if (value.value === undefined) throw new CelError('optional.none() dereference');
    return value.value;
  },
};

/** Called as `name(…)` or, for a namespace, `namespace.name(…)`. */
export const functions: ReadonlyMap<string, Implementation> = new Map(
  Object.entries({
    ...conversionFunctions,
    ...stringFunctions,
    ...listFunctions,
    ...quantityFunctions,
    ...networkFunctions,
    ...formatFunctions,
    ...semverFunctions,
    ...optionalFunctions,
    matches: ([text, pattern], scope) => matches(stringArgument(text), stringArgument(pattern), scope),
  } satisfies Library),
);

/** Called as `receiver.name(…)`. */
export const methods: ReadonlyMap<string, Implementation> = new Map(
  Object.entries({
    ...regexMethods,
    ...listMethods,
    ...stringMethods,
    indexOf: byReceiver(listPositions.indexOf, stringMethods['indexOf']),
    lastIndexOf: byReceiver(listPositions.lastIndexOf, stringMethods['lastIndexOf']),
    ...quantityMethods,
    ...orderMethods,
    ...networkMethods,
    ...semverMethods,
    ...timeMethods,
    ...optionalMethods,
    validate: validateFormat,
  } satisfies Library),
);

function byReceiver(list: Implementation, other: Implementation | undefined): Implementation {
  return (args, scope) => {
    if (isList(args[0])) return list(args, scope);
    if (other === undefined) throw noSuchOverload();
    return other(args, scope);
  };
}
