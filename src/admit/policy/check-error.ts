/** An expression that does not compile; caught where the check began. */
export class CheckError extends Error {
  readonly offset: number;
  readonly meant: string | undefined;

  constructor(message: string, offset: number, meant?: string) {
    super(message);
    this.name = 'CheckError';
    this.offset = offset;
    this.meant = meant;
  }
}
