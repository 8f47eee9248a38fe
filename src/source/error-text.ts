/** What an exception says, whatever was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : 'something that is not an error was thrown';
}
