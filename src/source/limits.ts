/** How much of a hostile or careless input is read before it becomes a finding. */
export interface Limits {
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Bytes of all files of a run. */
  readonly totalBytes: number;
  /** Values in all files of a run, which take more memory than their text. */
  readonly totalNodes: number;
  /** YAML and JSON files of a run, and entries of directories that are searched for them. */
  readonly totalFiles: number;
  readonly totalEntries: number;
  /** Documents of one file. */
  readonly documents: number;
  /** Levels of nesting in one document. */
  readonly depth: number;
  /** Nodes that aliases and merge keys may add to one file. */
  readonly aliasNodes: number;
  /** The same over all files of a run. */
  readonly totalAliasNodes: number;
  /** Into how many shards the run is split: what all that it renders may cost grows with them. */
  readonly shards: number;
}

/** What the files of a run used up together. */
export interface Spent {
  aliasNodes: number;
}

export const defaultLimits: Limits = {
  fileBytes: 16 * 1024 * 1024,
  // The largest repository of the field test has 140 MB with 3.5 million values.
  totalBytes: 192 * 1024 * 1024,
  totalNodes: 6_000_000,
  totalFiles: 100_000,
  totalEntries: 200_000,
  documents: 20_000,
  depth: 100,
  aliasNodes: 100_000,
  totalAliasNodes: 1_000_000,
  shards: 1,
};
