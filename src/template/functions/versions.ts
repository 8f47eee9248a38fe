import { FunctionError } from '../template-error.ts';
import { knownValue, sized } from '../value/datum.ts';
import { computes } from '../value/go-function.ts';
import type { Datum, Functions, GoObject, Methods } from '../value/model.ts';
import { quoteGo } from '../value/quote.ts';
import { compareVersions, formatVersion, parseVersion, type Version } from '../value/version.ts';
import { meetsConstraint, parseConstraint } from '../value/version-constraint.ts';
import { byteLength } from './bytes.ts';

/** The functions of sprig 3.3 for versions. */
export const versionFunctions: Functions = {
  semver: computes(['text'], (text) => versionObject(versionOf(text))),
  semverCompare: computes(['text', 'text'], (constraint, text) => {
    const conditions = parseConstraint(constraint);
    if (typeof conditions === 'string') throw new FunctionError(conditions);
    return meetsConstraint(versionOf(text), conditions);
  }),
};

const maximumVersion = 256;

function versionOf(text: string): Version {
  if (byteLength(text) > maximumVersion)
    throw new FunctionError(`version string is too long (max ${maximumVersion} bytes)`);
  const version = parseVersion(text);
  if (version === undefined) throw new FunctionError('invalid semantic version');
  return version;
}

/** A version with the methods that templates call on it. */
function versionObject(version: Version): GoObject {
  const { major, minor, patch, prerelease, metadata, original } = version;
  const methods: Methods = {
    Major: computes([], () => sized(BigInt(major), 'uint64')),
    Minor: computes([], () => sized(BigInt(minor), 'uint64')),
    Patch: computes([], () => sized(BigInt(patch), 'uint64')),
    Prerelease: computes([], () => prerelease),
    Metadata: computes([], () => metadata),
    Original: computes([], () => original),
    String: computes([], () => formatVersion(version)),
    Compare: computes(['any'], (other) => BigInt(Math.sign(compareVersions(version, fromObject(other))))),
    Equal: computes(['any'], (other) => compareVersions(version, fromObject(other)) === 0),
    LessThan: computes(['any'], (other) => compareVersions(version, fromObject(other)) < 0),
    GreaterThan: computes(['any'], (other) => compareVersions(version, fromObject(other)) > 0),
    IncMajor: computes([], () =>
      versionObject({ ...released(version), major: major + 1, minor: 0, patch: 0 }),
    ),
    IncMinor: computes([], () => versionObject({ ...released(version), minor: minor + 1, patch: 0 })),
    IncPatch: computes([], () =>
      versionObject({ ...released(version), patch: prerelease === '' ? patch + 1 : patch }),
    ),
  };
  return {
    kind: 'object',
    type: '*semver.Version',
    fields: new Map([['', knownValue(original)]]),
    methods,
    text: formatVersion(version),
    json: formatVersion(version),
    get goSyntax() {
      const numbers = Object.entries({ major, minor, patch }).map(
        ([name, one]) => `${name}:0x${one.toString(16)}`,
      );
      const texts = Object.entries({ pre: prerelease, metadata, original });
      return `&semver.Version{${[...numbers, ...texts.map(([name, one]) => `${name}:${quoteGo(one)}`)].join(', ')}}`;
    },
    get copied() {
      return versionObject(noVersion);
    },
  };
}

const noVersion: Version = { major: 0, minor: 0, patch: 0, prerelease: '', metadata: '', original: '' };

function released(version: Version): Version {
  const plain = { ...version, prerelease: '', metadata: '' };
  return { ...plain, original: formatVersion(plain) };
}

function fromObject(value: Datum): Version {
  const isVersion = typeof value === 'object' && value !== null && value.kind === 'object';
  return versionOf(isVersion ? value.text : '');
}
