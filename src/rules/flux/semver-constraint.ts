const numbers = 'v?(?:\\d+|[xX*])(?:\\.(?:\\d+|[xX*])){0,2}';
const identifiers = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const version = `${numbers}(?:-${identifiers})?(?:\\+${identifiers})?` as const;
// Spaces belong to one part of the pattern alone: an engine that goes back would try all ways to share them.
const comparison = `(?:(?:=|!=|>=|=>|<=|=<|>|<|~>|~|\\^)\\s*)?${version}` as const;
const hyphenated = new RegExp(`${version}\\s+-\\s+${version}`, 'gu');
const all = new RegExp(`^\\s*${comparison}(?:(?:\\s*,\\s*|\\s+)${comparison})*\\s*$`, 'u');

const maximumLength = 200;

/** Whether Masterminds/semver 3 takes a text for a constraint: comparisons joined by commas, spaces and `||`. */
export function isSemverConstraint(text: string): boolean {
  // Nobody writes longer ones, and the pattern goes back over what it has seen.
  if (text.length > maximumLength) return true;
  return text.split('||').every((part) => all.test(part.replaceAll(hyphenated, '>=0, <=0')));
}
