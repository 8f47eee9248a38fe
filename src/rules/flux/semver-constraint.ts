const numbers = String.raw`v?(?:\d+|[xX*])(?:\.(?:\d+|[xX*])){0,2}`;
const identifiers = String.raw`[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*`;
const version = String.raw`${numbers}(?:-${identifiers})?(?:\+${identifiers})?`;
const comparison = String.raw`(?:=|!=|>=|=>|<=|=<|>|<|~>|~|\^)?\s*${version}`;
const hyphenated = new RegExp(String.raw`${version}\s+-\s+${version}`, 'gu');
const all = new RegExp(String.raw`^\s*${comparison}\s*(?:(?:\s+|,\s*)${comparison}\s*)*$`, 'u');

const maximumLength = 200;

/** Whether Masterminds/semver 3 takes a text for a constraint: comparisons joined by commas, spaces and `||`. */
export function isSemverConstraint(text: string): boolean {
  // Nobody writes longer ones, and the pattern goes back over what it has seen.
  if (text.length > maximumLength) return true;
  return text.split('||').every((part) => all.test(part.replaceAll(hyphenated, '>=0, <=0')));
}
