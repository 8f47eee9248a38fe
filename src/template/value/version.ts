/** A version as Masterminds/semver 3.4 reads it: minor and patch may be left out, a `v` may stand before it. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly prerelease: string;
  readonly metadata: string;
  readonly original: string;
}

const versionPattern =
  /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/u;

/** Reads a version; undefined where it is none. */
export function parseVersion(text: string): Version | undefined {
  const match = versionPattern.exec(text);
  if (match === null) return undefined;
  const [, major = '0', minor = '0', patch = '0', prerelease = '', metadata = ''] = match;
  // A number with a leading zero is none there.
  if (prerelease.split('.').some((part) => /^0\d+$/u.test(part))) return undefined;
  return {
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    prerelease,
    metadata,
    original: text,
  };
}

/** The version as semver writes it. */
export function formatVersion({ major, minor, patch, prerelease, metadata }: Version): string {
  const before = prerelease === '' ? '' : `-${prerelease}`;
  return `${major}.${minor}.${patch}${before}${metadata === '' ? '' : `+${metadata}`}`;
}

/** Which of two versions comes first: below zero for the first one. */
export function compareVersions(a: Version, b: Version): number {
  return (
    a.major - b.major ||
    a.minor - b.minor ||
    a.patch - b.patch ||
    comparePrerelease(a.prerelease, b.prerelease)
  );
}

export function comparePrerelease(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '') return 1;
  if (b === '') return -1;
  const [own, others] = [a.split('.'), b.split('.')];
  for (const [index, part] of own.entries()) {
    const other = others[index];
    if (other === undefined) return 1;
    if (part === other) continue;
    const [number, otherNumber] = [/^\d+$/u.test(part), /^\d+$/u.test(other)];
    if (number && otherNumber) return Number(part) - Number(other);
    if (number !== otherNumber) return number ? -1 : 1;
    return part < other ? -1 : 1;
  }
  return -1;
}
