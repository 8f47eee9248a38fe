import type { Resource } from '../../object/resource.ts';
import { hasLiteral } from '../../source/find-literal.ts';
import { isMapping, isSequence, type Mapping, type Path, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { containersOf, podTemplateOf } from '../../workload/pod/pod-template.ts';
import type { ResourceRule } from '../rule.ts';

export const secretInCommand: ResourceRule = {
  id: 'secret-in-command',
  severity: 'warning',
  scope: 'resource',
  criterion: 'wired',
  tags: ['security'],
  *judge(resource) {
    const template = podTemplateOf(resource);
    if (template === undefined) return;
    for (const { container, path } of containersOf(template)) {
      const secret = secretVariables(container);
      if (secret.size === 0) continue;
      for (const words of commandsOf(container)) {
        for (const { text, at } of textsOf(resource, [...path, ...words])) {
          const found = [...secret.keys()].find((name) => isPassed(text, name));
          if (found === undefined) continue;
          yield {
            at: [resource, ...at],
            message: `container ${valueText(container['name'])} passes ${found}, which comes from Secret ${secret.get(found)}, on the command line, which every process list shows`,
            help: 'let the program read the variable or a file itself, for example with REDISCLI_AUTH, PGPASSFILE or a file option',
          };
        }
      }
    }
  },
};

// Secrets often hold what is none as well.
const harmless = /(?:USER|USERNAME|HOST|PORT|NAME|DATABASE|DB|REGION|URL|ENDPOINT)$/iu;

/** The variables that come from Secrets, and the names of these. */
function secretVariables(container: Mapping): ReadonlyMap<string, string> {
  const env = container['env'];
  if (!isSequence(env)) return new Map();
  return new Map(
    env.flatMap((entry) => {
      const secret = valueAt(entry, ['valueFrom', 'secretKeyRef', 'name']);
      if (!isMapping(entry) || typeof secret !== 'string' || harmless.test(valueText(entry['name'])))
        return [];
      return [[valueText(entry['name']), secret] as const];
    }),
  );
}

const handlers: readonly Path[] = [
  ['livenessProbe', 'exec', 'command'],
  ['readinessProbe', 'exec', 'command'],
  ['startupProbe', 'exec', 'command'],
  ['lifecycle', 'postStart', 'exec', 'command'],
  ['lifecycle', 'preStop', 'exec', 'command'],
];

function commandsOf(container: Mapping): Path[] {
  return [['command'], ['args'], ...handlers].filter((path) => isSequence(valueAt(container, path)));
}

function textsOf({ object }: Resource, path: Path): { readonly text: string; readonly at: Path }[] {
  const list = valueAt(object, path);
  if (!isSequence(list)) return [];
  return list.flatMap((text, index) => (typeof text === 'string' ? [{ text, at: [...path, index] }] : []));
}

/** Whether a text gives a variable to a program as an argument: as Kubernetes replaces it, or as an option in a shell does. */
function isPassed(text: string, variable: string): boolean {
  if (hasLiteral(text, `$(${variable})`, { before: /[^$]$/u })) return true;
  return hasLiteral(text.toLowerCase(), variable.toLowerCase(), {
    before: /\s(?:-a|-p|--?[a-z-]*(?:pass|password|passwd|auth|token|secret|pw))(?:\s+|=)?["']?\$\{?$/u,
    after: /^[^a-z0-9_]/u,
  });
}
