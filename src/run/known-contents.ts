import { newSaidOfContents, type SaidOfContents } from '../admit/said-of-contents.ts';
import type { BuildMemory } from '../build/build-memory.ts';
import { knownOnce } from '../object/known-once.ts';

/** What earlier runs of the same memory said of objects by their content. */
export const knownContents: (memory: BuildMemory) => SaidOfContents = knownOnce(newSaidOfContents);
