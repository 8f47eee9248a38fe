import { spendEffort } from '../source/effort.ts';
import { isMapping, type Value } from '../source/value.ts';
import { parseQuantity } from './quantity.ts';

/** Amounts by resource name (`cpu`, `memory`, …), in nanos of its unit. */
export type Amounts = ReadonlyMap<string, bigint>;

export const noAmounts: Amounts = new Map();

/** The amounts of a resource list; what is no quantity is left to whoever admits it. */
export function amountsIn(list: Value | undefined): Amounts {
  if (!isMapping(list)) return noAmounts;
  const names = Object.keys(list);
  spendEffort(names.length * 10);
  return new Map(
    names.flatMap((name) => {
      const quantity = parseQuantity(list[name]);
      return quantity === undefined ? [] : [[name, quantity.nanos] as const];
    }),
  );
}

export function addAmounts(a: Amounts, b: Amounts): Amounts {
  return combine(a, b, (one, other) => one + other);
}

/** The larger of the two for each resource. */
export function mostAmounts(a: Amounts, b: Amounts): Amounts {
  return combine(a, b, (one, other) => (one > other ? one : other));
}

export function timesAmounts(amounts: Amounts, count: number): Amounts {
  return new Map([...amounts].map(([name, amount]) => [name, amount * BigInt(count)]));
}

function combine(a: Amounts, b: Amounts, choose: (one: bigint, other: bigint) => bigint): Amounts {
  const all = new Map(a);
  for (const [name, amount] of b) all.set(name, choose(all.get(name) ?? 0n, amount));
  return all;
}
