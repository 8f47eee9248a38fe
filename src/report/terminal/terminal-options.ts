export interface TerminalOptions {
  readonly colours: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Whether GitHub's runner reads what is printed and must find no command in it. */
  readonly guardCommands: boolean;
  /** The `file:` URL of the repository's root, where the terminal knows hyperlinks. */
  readonly rootUrl?: string;
  /** Whether the table of criteria is printed for every entry point, and not for named environments alone. */
  readonly matrix?: boolean;
  /** Whether every finding is printed, however many there are of one rule. */
  readonly all?: boolean;
  /** Whether only findings and the verdict are printed, and nothing where the run passes. */
  readonly quiet?: boolean;
}
