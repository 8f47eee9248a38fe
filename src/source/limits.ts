/** How much of a hostile or careless input is read before it becomes a finding. */
export interface Limits {
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Bytes of all files of a run. */
  readonly totalBytes: number;
  /** Documents of one file. */
  readonly documents: number;
  /** Levels of nesting in one document. */
  readonly depth: number;
  /** Nodes that aliases and merge keys may add to one file. */
  readonly aliasNodes: number;
  /** The same over all files of a run. */
  readonly totalAliasNodes: number;
}

/** What the files of a run used up together. */
export interface Spent {
  aliasNodes: number;
}

export const defaultLimits: Limits = {
  fileBytes: 16 * 1024 * 1024,
  totalBytes: 512 * 1024 * 1024,
  documents: 20_000,
  depth: 100,
  aliasNodes: 100_000,
  totalAliasNodes: 1_000_000,
};
