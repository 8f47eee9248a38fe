import type { Value } from '../source/value.ts';

/** What a function is given; undefined for a field that is not there. */
export type Argument = Value | undefined;

export type Functions = Readonly<Record<string, (args: readonly Argument[]) => Argument>>;
