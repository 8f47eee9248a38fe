import type { Diagnostic } from './diagnostic.ts';

// Five times what the largest repositories of the field test have; a report of more has no reader, and is not made in seconds.
const mostInAny = 10_000;
/** A repository may have as many more as it has bytes for. */
const bytesForOne = 1000;

/** How many causes a run tells of at most, and looks for. */
export function mostCauses(bytes: number): number {
  return mostInAny + Math.floor(bytes / bytesForOne);
}

/** Equal for what is told once, whatever it happens to. */
export function causeOf({ rule, span, message }: Diagnostic): string {
  return `${span.file.path}\0${span.start}\0${rule}\0${message}`;
}
