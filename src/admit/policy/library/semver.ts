import { CelError } from '../cel-error.ts';
import { type CelValue, kind, type Semver } from '../cel-value.ts';
import { type Library, specialArgument, stringArgument } from './argument.ts';

const strict =
  /^(0|[1-9]\d{0,18})\.(0|[1-9]\d{0,18})\.(0|[1-9]\d{0,18})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** A Semantic Version 2.0.0, or undefined; `lenient` takes `v1.2` as 1.2.0. */
export function parseSemver(text: string, lenient = false): Semver | undefined {
  if (text.length > 256) return undefined;
  const match = strict.exec(lenient ? completed(text) : text);
  if (match === null) return undefined;
  const [, major = '0', minor = '0', patch = '0', pre] = match;
  const prerelease = pre === undefined ? [] : pre.split('.');
  if (prerelease.some((part) => /^0\d+$/.test(part))) return undefined;
  return {
    [kind]: 'semver',
    major: BigInt(major),
    minor: BigInt(minor),
    patch: BigInt(patch),
    prerelease,
    text,
  };
}

/** As semver.ParseTolerant: without a leading v, without leading zeros, with three numbers. */
function completed(text: string): string {
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(.*)$/.exec(text.trim());
  if (match === null) return text;
  const numbers = match.slice(1, 4).map((part) => String(BigInt(part ?? 0)));
  return `${numbers.join('.')}${match[4] ?? ''}`;
}

export const semverFunctions: Library = {
  semver: ([text, lenient]) => {
    const version = parseSemver(stringArgument(text), lenient === true);
    if (version === undefined) throw new CelError(`not a semantic version: "${stringArgument(text)}"`);
    return version;
  },
  isSemver: ([text, lenient]) => parseSemver(stringArgument(text), lenient === true) !== undefined,
};

function part(name: 'major' | 'minor' | 'patch'): (args: readonly CelValue[]) => CelValue {
  return ([version]) => specialArgument(version, 'semver')[name];
}

export const semverMethods: Library = { major: part('major'), minor: part('minor'), patch: part('patch') };
