import type { ShellCommand } from '../../source/shell-command.ts';
import { isNamedAfter } from '../../workload/possible-maker.ts';

/** Whether one of the commands may make an object of this name: a release of Helm, or what is created by its name. */
export function isMadeBy(commands: readonly ShellCommand[], name: string): boolean {
  return commands.some((command) => {
    const words = command.map(({ text }) => text);
    const made =
      /(?:^| )(helm (?:install|upgrade)|(?:kubectl|oc) (?:create|expose|run)|flux create|argocd app create) /u.exec(
        `${words.join(' ')} `,
      )?.[1];
    if (made === undefined) return false;
    return words.some((word) => (made.startsWith('helm') ? isNamedAfter(name, word) : word === name));
  });
}

/** Whether the commands apply what no build of the run is: a kustomization that is part of others, or something from elsewhere. */
export function applyOthers(commands: readonly ShellCommand[], roots: readonly string[]): boolean {
  return commands.flatMap(appliedTargets).some((target) => {
    if (target.includes('://')) return true;
    const parts = partsOfPath(target);
    return !roots.some((root) => endsIn(root, parts));
  });
}

/** What `kubectl apply -k`, `kustomize build` and `kubectl kustomize` take, and what `apply -f` fetches. */
function appliedTargets(command: ShellCommand): string[] {
  const words = command.map(({ text }) => text);
  return words.flatMap((word, index) => {
    const next = words[index + 1] ?? '';
    if (word === '-k' || word === '--kustomize') return [next];
    if (
      (word === 'build' && words[index - 1] === 'kustomize') ||
      (word === 'kustomize' && words[index - 1] === 'kubectl')
    )
      return words
        .slice(index + 1)
        .filter((one) => !one.startsWith('-'))
        .slice(0, 1);
    return (word === '-f' || word === '--filename') && next.includes('://') ? [next] : [];
  });
}

/** What a path says of a root, wherever the command is called; between the parts stands a variable, for anything. */
function partsOfPath(target: string): string[] {
  const path = target.replace(/^(?:\.{1,2}(?:\/|$))+/u, '').replace(/\/+$/u, '');
  return path.split(/\$(?:\{[^}]*\}|[\w:]*)/u);
}

/** Whether a root ends in the parts, the first of which begins a folder. */
function endsIn(root: string, [first = '', ...more]: readonly string[]): boolean {
  const last = more.at(-1);
  if (last === undefined) return first === '' || `/${root}`.endsWith(`/${first}`);
  const begin = `/${root}`.indexOf(`/${first}`);
  if (begin < 0) return false;
  let at = begin + first.length;
  for (const part of more.slice(0, -1)) {
    const found = root.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return root.length - at >= last.length && root.endsWith(last);
}
