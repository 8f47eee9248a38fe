import { integerOf } from './kind.ts';
import type { Known } from './model.ts';

/** The text that an argument is, which its type has been asked for; nothing for one that is none. */
export function textIn(known: Known | undefined): string {
  return typeof known?.value === 'string' ? known.value : '';
}

/** The number that an argument is, an integer of any size counted. */
export function numberIn(known: Known | undefined): number {
  if (typeof known?.value === 'number') return known.value;
  return Number(integerOf(known?.value) ?? 0n);
}
