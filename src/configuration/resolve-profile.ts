import { builtInProfile, capped, defaultProfile, type ProfilePart } from '../diagnostic/profile.ts';
import { reaches, type Severity } from '../diagnostic/severity.ts';
import type { OwnProfile, RuleSetting } from './configuration.ts';

/** What a profile comes down to: parts of built-in ones, and settings of single rules. */
export interface ResolvedProfile {
  readonly parts: readonly ProfilePart[];
  readonly rules: ReadonlyMap<string, RuleSetting>;
}

const nothing: ResolvedProfile = { parts: [], rules: new Map() };

/** A profile with all that it builds on; of several that set one rule the last counts, and its own settings after those. */
export function resolveProfile(
  name: string | undefined,
  own: ReadonlyMap<string, OwnProfile>,
): ResolvedProfile {
  return resolve(name ?? defaultProfile, own, new Map());
}

function resolve(
  name: string,
  own: ReadonlyMap<string, OwnProfile>,
  known: Map<string, ResolvedProfile>,
): ResolvedProfile {
  const profile = own.get(name);
  if (profile === undefined) return { ...nothing, parts: builtInProfile(name) ?? [] };
  const before = known.get(name);
  if (before !== undefined) return before;
  // One that extends itself finds this instead of going round.
  known.set(name, nothing);
  const bases = profile.extends.map((base) => resolve(base.name, own, known));
  const { atMost } = profile;
  const resolved = {
    parts: eachOnce(bases.flatMap(({ parts }) => parts.map((part) => withCap(part, atMost)))),
    rules: new Map([
      ...bases.flatMap(({ rules }) =>
        [...rules].map(([rule, setting]) => [rule, mild(setting, atMost)] as const),
      ),
      ...profile.rules,
    ]),
  };
  known.set(name, resolved);
  return resolved;
}

function eachOnce(parts: readonly ProfilePart[]): ProfilePart[] {
  return [...new Map(parts.map((part) => [`${part.label} ${part.atMost}`, part])).values()];
}

function withCap(part: ProfilePart, atMost: Severity | undefined): ProfilePart {
  if (atMost === undefined || (part.atMost !== undefined && reaches(atMost, part.atMost))) return part;
  return { ...part, atMost };
}

function mild(setting: RuleSetting, atMost: Severity | undefined): RuleSetting {
  const { severity } = setting;
  if (atMost === undefined || severity === undefined || severity === 'off') return setting;
  return { ...setting, severity: capped(severity, { atMost }) };
}
