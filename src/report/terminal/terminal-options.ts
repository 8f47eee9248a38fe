export interface TerminalOptions {
  readonly colours: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Whether GitHub's runner reads what is printed and must find no command in it. */
  readonly guardCommands: boolean;
  /** The `file:` URL of the repository's root, where the terminal knows hyperlinks. */
  readonly rootUrl?: string;
}
