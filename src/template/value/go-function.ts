import { joinAllOrigins } from './datum.ts';
import type { ArgumentType, ArgumentTypes, Call, Datum, GoFunction, Known } from './model.ts';

type ValuesOf<Types extends readonly ArgumentType[]> = {
  readonly [Index in keyof Types]: ArgumentTypes[Types[Index]];
};

/** A function that makes a value of its arguments; all of them have a part in it. */
export function computes<const Types extends readonly ArgumentType[]>(
  takes: Types,
  compute: (...args: ValuesOf<Types>) => Datum,
): GoFunction {
  return {
    takes,
    call: (args, { run }) => {
      const value = compute(...(valuesOf(args) as unknown as ValuesOf<Types>));
      return { value, origins: joinAllOrigins(args, run) };
    },
  };
}

/** The same with any number of further arguments. */
export function computesMany<const Types extends readonly ArgumentType[], Rest extends ArgumentType>(
  takes: Types,
  rest: Rest,
  compute: (fixed: ValuesOf<Types>, rest: readonly ArgumentTypes[Rest][]) => Datum,
): GoFunction {
  return {
    takes,
    rest,
    call: (args, { run }) => {
      const values = valuesOf(args);
      const fixed = values.slice(0, takes.length) as unknown as ValuesOf<Types>;
      const value = compute(fixed, values.slice(takes.length) as unknown as ArgumentTypes[Rest][]);
      return { value, origins: joinAllOrigins(args, run) };
    },
  };
}

/** A function that hands on what it is given, or a part of it, with its origins. */
export function hands(
  takes: readonly ArgumentType[],
  call: (args: readonly Known[], call: Call) => Known,
  rest?: ArgumentType,
): GoFunction {
  return { takes, call, ...(rest === undefined ? {} : { rest }) };
}

// An int of any size that a function takes as a number is one of those that count or measure something.
function valuesOf(args: readonly Known[]): readonly Datum[] {
  return args.map(({ value }) => value);
}
