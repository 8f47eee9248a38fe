/** What lies between two versions: a step back, or a new major version. */
export type VersionStep = 'back' | 'major';

interface Version {
  readonly numbers: readonly [number, number, number];
  /** What stands behind the numbers: `-alpine`, `-rc.1`. */
  readonly rest: string;
}

/** Compares two versions or tags by their numbers; undefined where one has none, or where nothing is remarkable. */
export function versionStep(before: string, after: string): VersionStep | undefined {
  const [old, now] = [versionIn(before), versionIn(after)];
  if (old === undefined || now === undefined) return undefined;
  const order = compare(now.numbers, old.numbers);
  if (order < 0) return 'back';
  // A release candidate comes before the release that it leads to.
  if (order === 0 && isPrerelease(now.rest) && old.rest === '') return 'back';
  return now.numbers[0] > old.numbers[0] ? 'major' : undefined;
}

// Commits and dates are numbers, too: a version has a dot, or a v in front.
function versionIn(text: string): Version | undefined {
  const found = /^(v?)(\d{1,5})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?((?:[-+._].*)?)$/u.exec(text);
  if (found === null) return undefined;
  const [, prefix, major = '', minor, patch, rest = ''] = found;
  if (minor === undefined && prefix === '' && major.length > 3) return undefined;
  return { numbers: [Number(major), Number(minor ?? 0), Number(patch ?? 0)], rest };
}

function isPrerelease(rest: string): boolean {
  return /^-(?:alpha|beta|rc|pre|dev|snapshot)/iu.test(rest);
}

function compare(a: Version['numbers'], b: Version['numbers']): number {
  for (const [index, number] of a.entries()) {
    const difference = number - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
