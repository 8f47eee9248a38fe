/** What an exception says, whatever was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : 'something that is no error was thrown';
}
