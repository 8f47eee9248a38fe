/** Cases that we judge otherwise than the server, each with the reason. */
export const knownDifferences: ReadonlyMap<string, string> = new Map([]);
