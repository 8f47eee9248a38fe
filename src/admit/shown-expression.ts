const longest = 1_000;

/** An expression in a message: each object that fails it has one, and a policy may be an expression of any length. */
export function shownExpression(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > longest ? `${trimmed.slice(0, longest)}…` : trimmed;
}
