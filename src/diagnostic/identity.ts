/**
 * What a problem is known by, whatever is written around it: the object and the field. The rule is the third part. What an object is
 * called in one environment, and the file that holds it, tell apart what is alike in this.
 */
export interface Identity {
  /** Group, kind and name as the document of the object writes them, before any prefix. */
  readonly subject: string;
  /** The way to the field, with names in the place of numbers; down to the innermost item where it is about what is missing. */
  readonly field: string;
  /** Kind, namespace and name as the cluster knows them. */
  readonly object: string;
  /** The file of the document. */
  readonly home: string;
  /** Kind, namespace and name as that file writes them. */
  readonly written: string;
}
