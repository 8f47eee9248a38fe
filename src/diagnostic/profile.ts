import { reaches, type Severity } from './severity.ts';

/** What a profile takes in: all with this label, at most as grave as it says. */
export interface ProfilePart {
  readonly label: string;
  readonly atMost?: Severity;
}

/**
 * The profiles that need no configuration. Policies and rules name the labels that they have themselves; `default` is what
 * breaks or endangers whatever it is meant for, and advice beside it.
 */
export const builtInProfiles = {
  default: [{ label: 'default' }, { label: 'recommended', atMost: 'warning' }],
  baseline: [{ label: 'baseline' }],
  restricted: [{ label: 'restricted' }],
  recommended: [{ label: 'recommended' }],
  acceptance: [{ label: 'acceptance' }],
  all: [{ label: 'all' }],
  'third-party': [
    { label: 'default', atMost: 'note' },
    { label: 'recommended', atMost: 'note' },
  ],
} as const satisfies Readonly<Record<string, readonly ProfilePart[]>>;

export const profileNames = Object.keys(builtInProfiles) as readonly (keyof typeof builtInProfiles)[];

export const defaultProfile = 'default';

/** The parts of a built-in profile; undefined for a name that is none. */
export function builtInProfile(name: string): readonly ProfilePart[] | undefined {
  return Object.hasOwn(builtInProfiles, name)
    ? builtInProfiles[name as keyof typeof builtInProfiles]
    : undefined;
}

/** How a profile takes what has these labels: the part that allows the gravest counts; undefined where none takes it. */
export function takenBy(
  labels: readonly string[],
  parts: readonly ProfilePart[],
): { readonly atMost?: Severity } | undefined {
  const taking = parts.filter(({ label }) => labels.includes(label));
  return taking.length === 0 ? undefined : capOf(taking);
}

function capOf(taking: readonly ProfilePart[]): { readonly atMost?: Severity } {
  const caps = taking.flatMap(({ atMost }) => (atMost === undefined ? [] : [atMost]));
  if (caps.length < taking.length) return {};
  return { atMost: caps.reduce((a, b) => (reaches(a, b) ? a : b)) };
}

/** The severity, or the gravest that is allowed. */
export function capped(severity: Severity, { atMost }: { readonly atMost?: Severity }): Severity {
  return atMost !== undefined && reaches(severity, atMost) ? atMost : severity;
}
