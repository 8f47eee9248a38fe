import { CelError, noSuchOverload } from '../cel-error.ts';
import {
  type CelList,
  type CelValue,
  isList,
  isMap,
  isOptional,
  isSpecial,
  keysOf,
  kind,
  optional,
} from '../cel-value.ts';
import type { Implementation, Library } from './argument.ts';
import { listArgument, stringArgument } from './argument.ts';
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
    return optional(value === undefined || isZero(value) ? undefined : value);
  },
  'optional.unwrap': ([list]) => unwrapped(listArgument(list)),
};

function isZero(value: CelValue): boolean {
  if (value === null || value === '' || value === 0n || value === false) return true;
  if (isList(value) || value instanceof Uint8Array) return value.length === 0;
  if (isMap(value)) return keysOf(value).length === 0;
  if (!isSpecial(value)) return false;
  if (value[kind] === 'duration') return value.nanos === 0n;
  return (value[kind] === 'double' || value[kind] === 'uint') && Number(value.value) === 0;
}

function unwrapped(list: CelList): CelList {
  return list.flatMap((item) => {
    if (!isOptional(item)) throw noSuchOverload();
    return item.value === undefined ? [] : [item.value];
  });
}

const optionalMethods: Library = {
  unwrapOpt: ([list]) => unwrapped(listArgument(list)),
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
