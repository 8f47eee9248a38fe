/** Recorded cases that are not held, by number, each with the reason. */
export const skippedCases: Readonly<Record<string, string>> = {};
