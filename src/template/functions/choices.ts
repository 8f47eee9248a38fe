import { FunctionError } from '../template-error.ts';
import { knownValue } from '../value/datum.ts';
import { copyDeep, isDeepEqual } from '../value/deep.ts';
import { computes, computesMany, hands } from '../value/go-function.ts';
import { isTruthy, kindOf, typeOf } from '../value/kind.ts';
import type { Functions, Known } from '../value/model.ts';

/** The functions of sprig 3.3 that choose among values or ask what they are. */
export const choiceFunctions: Functions = {
  default: hands(['any'], ([fallback = nothing, given]) => (isGiven(given) ? given : fallback), 'any'),
  empty: computes(['any'], (value) => !isTruthy(value)),
  coalesce: hands([], (args) => args.find(isGiven) ?? nothing, 'any'),
  all: computesMany([], 'any', (_, values) => values.every(isTruthy)),
  any: computesMany([], 'any', (_, values) => values.some(isTruthy)),
  ternary: hands(['any', 'any', 'bool'], ([yes = nothing, no = nothing, condition]) =>
    condition?.value === true ? yes : no,
  ),
  deepCopy: hands(['any'], ([value = nothing]) => copied(value)),
  mustDeepCopy: hands(['any'], ([value = nothing]) => copied(value)),
  deepEqual: computes(['any', 'any'], isDeepEqual),
  kindOf: computes(['any'], kindOf),
  kindIs: computes(['text', 'any'], (kind, value) => kindOf(value) === kind),
  typeOf: computes(['any'], typeOf),
  typeIs: computes(['text', 'any'], (type, value) => typeOf(value) === type),
  typeIsLike: computes(['text', 'any'], (type, value) => [type, `*${type}`].includes(typeOf(value))),
};

const nothing = knownValue(null);

function isGiven(known: Known | undefined): known is Known {
  return known !== undefined && isTruthy(known.value);
}

function copied(known: Known): Known {
  if (known.value === null) throw new FunctionError('reflect: call of reflect.Value.Type on zero Value');
  return copyDeep(known);
}
