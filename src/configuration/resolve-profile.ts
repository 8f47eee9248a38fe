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
  return resolve(name ?? defaultProfile, own, []);
}

function resolve(
  name: string,
  own: ReadonlyMap<string, OwnProfile>,
  above: readonly string[],
): ResolvedProfile {
  const profile = own.get(name);
  if (profile === undefined) return { ...nothing, parts: builtInProfile(name) ?? [] };
  if (above.includes(name)) return nothing;
  const bases = profile.extends.map((base) => resolve(base.name, own, [...above, name]));
  const { atMost } = profile;
  return {
    parts: bases.flatMap(({ parts }) => parts.map((part) => withCap(part, atMost))),
    rules: new Map([
      ...bases.flatMap(({ rules }) =>
        [...rules].map(([rule, setting]) => [rule, mild(setting, atMost)] as const),
      ),
      ...profile.rules,
    ]),
  };
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
