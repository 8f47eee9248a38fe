/** Recorded cases that are not held, by number, each with the reason: none. */
export const skippedCases: Readonly<Record<string, string>> = {};
