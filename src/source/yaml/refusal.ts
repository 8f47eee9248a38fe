/** Thrown where a reader refuses a text: what it says in our words, and where. */
export class Refusal extends Error {
  readonly start: number;
  readonly end: number;
  readonly help: string;

  constructor(message: string, start: number, end: number = start + 1, help: string = correctIt) {
    super(message);
    this.start = start;
    this.end = end;
    this.help = help;
  }
}

export const correctIt = 'fix the YAML here; nothing in this document was checked';
