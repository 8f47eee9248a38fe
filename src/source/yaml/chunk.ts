/** A part of a text that its reader hands to go-yaml, or to Go's JSON decoder, by itself. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly isJson: boolean;
}
