import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Sources } from '../source/load.ts';
import { filesWithCommands } from '../survey/applied-by-commands.ts';
import type { Tree } from '../survey/tree.ts';

/** What is said to be nowhere, with its name. */
const missing: ReadonlyMap<string, RegExp> = new Map([
  ['autoscaler-target-missing', /\b(?:Deployment|StatefulSet) (\S+?),/u],
  ['ingress-backend-missing', /\bto Service (\S+?), which does not exist/u],
  ['route-backend-missing', /\bService (\S+?), which does not exist/u],
  ['service-selects-nothing', / selects (\S+), but /u],
]);

/** Tells what lacks objects that a command in a script or a guide may install with a chart: its release has their name, or begins it. */
export function isInstalledIn({ found }: Tree, sources: Sources): (diagnostic: Diagnostic) => boolean {
  let names: ReadonlySet<string> | undefined;
  return ({ rule, message }) => {
    const said = missing.get(rule)?.exec(message)?.[1];
    if (said === undefined) return false;
    names ??= releasesIn(sources, filesWithCommands(sources, found));
    const values = said.split(',').map((pair) => pair.slice(pair.indexOf('=') + 1));
    const releases = [...names];
    return values.some((value) => releases.some((name) => value === name || value.startsWith(`${name}-`)));
  };
}

/** The names of releases in commands such as `helm upgrade --install web shop/web`. */
function releasesIn(sources: Sources, files: readonly string[]): ReadonlySet<string> {
  const lines = files.flatMap((file) =>
    (sources.file(file)?.text ?? '').replaceAll(/\\\r?\n\s*/gu, ' ').split('\n'),
  );
  return new Set(
    lines.flatMap((line) => {
      const [, words = ''] = /\bhelm\s+(?:install|upgrade)\s+(.*)/u.exec(line) ?? [];
      const [name = ''] = words.split(/\s+/u).filter((word) => !word.startsWith('-'));
      return /^[a-z][a-z0-9-]+$/u.test(name) ? [name] : [];
    }),
  );
}
