import type { Diagnostic } from '../diagnostic/diagnostic.ts';

interface Held {
  readonly diagnostic: Diagnostic;
  readonly versions: string[];
  /** Whether one of the versions words it otherwise, as "Kubernetes 1.36 has no …" does. */
  isReworded: boolean;
}

/** The findings of one object for several Kubernetes versions, each once; what does not hold for all of them says for which. */
export function mergeVersions(findings: ReadonlyMap<string, readonly Diagnostic[]>): Diagnostic[] {
  const held: Held[] = [];
  for (const [version, diagnostics] of findings) {
    for (const diagnostic of diagnostics) {
      const known = held.find((one) => isSame(one, diagnostic, version));
      if (known === undefined) held.push({ diagnostic, versions: [version], isReworded: false });
      else {
        known.versions.push(version);
        known.isReworded ||= known.diagnostic.message !== diagnostic.message;
      }
    }
  }
  const all = [...findings.keys()];
  return held.map(({ diagnostic, versions, isReworded }) =>
    versions.length === all.length && !isReworded
      ? diagnostic
      : { ...diagnostic, message: `${diagnostic.message} (for Kubernetes ${rangeOf(versions, all)})` },
  );
}

function isSame({ diagnostic, versions }: Held, other: Diagnostic, version: string): boolean {
  if (versions.includes(version)) return false;
  if (diagnostic.rule !== other.rule || diagnostic.field !== other.field) return false;
  if (diagnostic.message === other.message) return true;
  const [first = ''] = versions;
  return withoutVersion(diagnostic.message, first) === withoutVersion(other.message, version);
}

function withoutVersion(message: string, version: string): string {
  return message
    .replaceAll(`Kubernetes ${version}`, 'Kubernetes')
    .replaceAll(`this is ${version}`, 'this is');
}

/** `1.30, 1.33 to 1.37`: neighbours among the judged versions are drawn together. */
function rangeOf(versions: readonly string[], all: readonly string[]): string {
  const runs: string[][] = [];
  for (const version of versions) {
    const run = runs.at(-1);
    if (run !== undefined && all.indexOf(version) === all.indexOf(run.at(-1) ?? '') + 1) run.push(version);
    else runs.push([version]);
  }
  return runs.flatMap((run) => (run.length > 2 ? [`${run[0]} to ${run.at(-1)}`] : run)).join(', ');
}
