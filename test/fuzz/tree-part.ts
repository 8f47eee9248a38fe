/** A text and the place in a kustomization that reads it. */
export interface Part {
  readonly text: string;
  /** The entry that holds the text as a value in quotes, or in a block. */
  readonly entry?: (quoted: string) => string;
  /** The entry that holds the text as it is. */
  readonly plain?: (text: string) => string;
  /** The entry that reads it from the file p.yaml. */
  readonly inFile: string;
  readonly isResource?: true;
  /** The whole tree but its base, where it is not one text in a kustomization. */
  readonly files?: Readonly<Record<string, string>>;
}
