/**
 * What a table says by itself of a key. Keys come from repositories, and `constructor` or `__proto__` is in no table
 * only because every object inherits it.
 */
export function ownOf<T>(table: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
