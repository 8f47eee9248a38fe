/** The line of the cursor, in two parts. */
export interface LineParts {
  readonly before: string;
  readonly after: string;
}
