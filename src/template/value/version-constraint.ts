import { quoteGo } from './quote.ts';
import { comparePrerelease, compareVersions, parseVersion, type Version } from './version.ts';

/** Alternatives of conditions that a version has to meet together. */
export type VersionConstraint = readonly (readonly Condition[])[];

interface Condition {
  readonly operator: string;
  readonly version: Version;
  /** Whether the minor, the patch or any part is left open. */
  readonly isMinorOpen: boolean;
  readonly isPatchOpen: boolean;
  readonly isOpen: boolean;
}

// The version in them is that of Masterminds' cvRegex, where a part may be left open.
const single =
  /^\s*(!=|>=|=>|<=|=<|~>|=|>|<|~|\^|)\s*v?([0-9|xX*]+)(\.[0-9|xX*]+)?(\.[0-9|xX*]+)?(-(?:[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(\+(?:[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?\s*$/u;
const range =
  /\s*(v?(?:[0-9|xX*]+)(?:\.[0-9|xX*]+)?(?:\.[0-9|xX*]+)?(?:-(?:[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+(?:[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?)\s+-\s+(v?(?:[0-9|xX*]+)(?:\.[0-9|xX*]+)?(?:\.[0-9|xX*]+)?(?:-(?:[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+(?:[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?)\s*/gu;
// Spaces belong to one part of the pattern alone: an engine that goes back would try all ways to share them.
const whole =
  /^\s*(?:(?:!=|>=|=>|<=|=<|~>|=|>|<|~|\^)\s*)?v?(?:[0-9|xX*]+)(?:\.[0-9|xX*]+)?(?:\.[0-9|xX*]+)?(?:-(?:[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+(?:[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:(?:\s*,\s*|\s+)(?:(?:!=|>=|=>|<=|=<|~>|=|>|<|~|\^)\s*)?v?(?:[0-9|xX*]+)(?:\.[0-9|xX*]+)?(?:\.[0-9|xX*]+)?(?:-(?:[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+(?:[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?)*\s*$/u;
const each =
  /(?:!=|>=|=>|<=|=<|~>|=|>|<|~|\^|)\s*v?(?:[0-9|xX*]+)(?:\.[0-9|xX*]+)?(?:\.[0-9|xX*]+)?(?:-(?:[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+(?:[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?/gu;

const maximumLength = 512;
const maximumAlternatives = 32;

/** Reads a constraint as Masterminds/semver 3.5 does, or says in its words why it is none. */
export function parseConstraint(text: string): VersionConstraint | string {
  if (byteLength(text) > maximumLength) return `constraint string is too long (max ${maximumLength} bytes)`;
  const parts = text.replaceAll(range, withoutRange).split('||');
  if (parts.length > maximumAlternatives) return `too many constraint groups (max ${maximumAlternatives})`;
  const alternatives: Condition[][] = [];
  for (const part of parts) {
    const conditions = whole.test(part) ? (part.match(each) ?? []).map(conditionOf) : [undefined];
    const known = conditions.filter((one) => one !== undefined);
    if (known.length < conditions.length) return `improper constraint: ${quoteGo(part)}`;
    alternatives.push(known);
  }
  return alternatives;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function withoutRange(...groups: string[]): string {
  return ` >= ${groups[1] ?? ''}, <= ${groups[2] ?? ''}`;
}

function conditionOf(text: string): Condition | undefined {
  if (text === '') return open('', '0.0.0', { isMinorOpen: false, isPatchOpen: false, isOpen: true });
  const match = single.exec(text);
  if (match === null) return undefined;
  const [, operator = '', major = '', minor = '', patch = '', prerelease = ''] = match;
  const isX = (part: string): boolean => part === '' || /^[xX*]$/u.test(part.replace('.', ''));
  if (isX(major))
    return open(operator, `0.0.0${prerelease}`, { isMinorOpen: false, isPatchOpen: false, isOpen: true });
  if (isX(minor))
    return open(operator, `${major}.0.0${prerelease}`, {
      isMinorOpen: true,
      isPatchOpen: false,
      isOpen: true,
    });
  if (isX(patch))
    return open(operator, `${major}${minor}.0${prerelease}`, {
      isMinorOpen: false,
      isPatchOpen: true,
      isOpen: true,
    });
  const exact = { isMinorOpen: false, isPatchOpen: false, isOpen: false };
  return open(operator, `${major}${minor}${patch}${prerelease}`, exact);
}

function open(
  operator: string,
  text: string,
  parts: Pick<Condition, 'isMinorOpen' | 'isPatchOpen' | 'isOpen'>,
): Condition | undefined {
  const version = parseVersion(text);
  return version === undefined ? undefined : { operator, version, ...parts };
}

/** Whether a version meets a constraint; a prerelease only one that names a prerelease itself. */
export function meetsConstraint(version: Version, constraint: VersionConstraint): boolean {
  return constraint.some((conditions) => {
    const takesPrereleases = conditions.some((one) => one.version.prerelease !== '');
    if (version.prerelease !== '' && !takesPrereleases) return false;
    return conditions.every((condition) => meets(version, condition));
  });
}

function meets(version: Version, condition: Condition): boolean {
  switch (condition.operator) {
    case '!=':
      return differs(version, condition);
    case '>':
      return isGreater(version, condition);
    case '<':
      return compareVersions(version, condition.version) < 0;
    case '>=':
    case '=>':
      return compareVersions(version, condition.version) >= 0;
    case '<=':
    case '=<':
      return isAtMost(version, condition);
    case '~':
    case '~>':
      return isNear(version, condition);
    case '^':
      return isCompatible(version, condition);
    default:
      return condition.isOpen
        ? isNear(version, condition)
        : compareVersions(version, condition.version) === 0;
  }
}

function differs(version: Version, { version: own, isOpen, isMinorOpen, isPatchOpen }: Condition): boolean {
  if (!isOpen) return compareVersions(version, own) !== 0;
  if (own.major !== version.major) return true;
  if (isMinorOpen) return false;
  if (own.minor !== version.minor) return true;
  if (!isPatchOpen) return own.patch !== version.patch || compareVersions(version, own) !== 0;
  return comparePrerelease(version.prerelease, own.prerelease) !== 0;
}

function isGreater(version: Version, { version: own, isOpen, isMinorOpen, isPatchOpen }: Condition): boolean {
  if (!isOpen) return compareVersions(version, own) > 0;
  if (version.major !== own.major) return version.major > own.major;
  if (isMinorOpen) return false;
  if (isPatchOpen) return version.minor > own.minor;
  return compareVersions(version, own) > 0;
}

function isAtMost(version: Version, { version: own, isOpen, isMinorOpen }: Condition): boolean {
  if (!isOpen) return compareVersions(version, own) <= 0;
  if (version.major > own.major) return false;
  return !(version.major === own.major && version.minor > own.minor && !isMinorOpen);
}

function isNear(version: Version, { version: own, isMinorOpen, isPatchOpen }: Condition): boolean {
  if (compareVersions(version, own) < 0) return false;
  if (own.major === 0 && own.minor === 0 && own.patch === 0 && !isMinorOpen && !isPatchOpen) return true;
  return version.major === own.major && (version.minor === own.minor || isMinorOpen);
}

function isCompatible(version: Version, { version: own, isMinorOpen, isPatchOpen }: Condition): boolean {
  if (compareVersions(version, own) < 0) return false;
  if (own.major > 0 || isMinorOpen) return version.major === own.major;
  if (version.major > 0) return false;
  if (own.minor > 0 || isPatchOpen) return version.minor === own.minor;
  return version.minor === 0 && own.patch === version.patch;
}
