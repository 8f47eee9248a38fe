import type { Value } from '../../source/value.ts';
import { unknown } from '../policy/cel-value.ts';

/** What the server writes and nobody knows before; only expressions read objects with it. */
export function onlyServerKnows(what: string): Value {
  return unknown(what) as unknown as Value;
}
