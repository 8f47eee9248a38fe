import type { Place } from '../../object/place.ts';
import type { Resource } from '../../object/resource.ts';
import { isMapping, isSequence, type Value } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import {
  canonicalEnvironment,
  environmentOfPath,
  environmentWord,
} from '../../workload/environment/environment-name.ts';
import { containersOf, describe, podTemplateOf } from '../../workload/pod/pod-template.ts';
import type { NamedEnvironment } from '../../workload/surroundings.ts';
import type { BuildRule } from '../rule.ts';

export const environmentMisnamed: BuildRule = {
  id: 'environment-misnamed',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['environments'],
  *judge({ root, resources }, { environments }) {
    const own = environments.find((one) => one.root === root)?.name ?? customName(root, environments);
    if (own === undefined) return;
    const isOther = (value: string): boolean =>
      canonicalEnvironment(value) !== canonicalEnvironment(own) &&
      (environments.length === 0
        ? environmentWord(value)?.word === value
        : environments.some(({ name }) => canonicalEnvironment(name) === canonicalEnvironment(value)));
    for (const resource of resources) {
      for (const { name, value, at } of identities(resource)) {
        if (!isOther(value)) continue;
        yield {
          at,
          message: `${describe(resource)} of ${own} sets ${name}=${value}, which is another environment`,
          help: `write ${own}, in the overlay of ${own} if the base has the value`,
          // A folder's name is no promise, and some call the mode of their programs an environment.
          ...(environments.length === 0 ? { severity: 'note' as const } : {}),
        };
      }
    }
  },
};

// NODE_ENV, RAILS_ENV and their kin choose a mode of the program, which is production in every environment.
const identityName = /^(?:(?:APP|DEPLOY|DEPLOYMENT|CLUSTER|TARGET)_?)?(?:ENV|ENVIRONMENT|STAGE)(?:_NAME)?$/iu;

interface Identity {
  readonly name: string;
  readonly value: string;
  readonly at: Place;
}

function identities(resource: Resource): Identity[] {
  const { object } = resource;
  const found: Identity[] = [];
  const note = (name: string, value: Value | undefined, at: Place): void => {
    if (identityName.test(name) && typeof value === 'string') found.push({ name, value, at });
  };
  const data = object['kind'] === 'ConfigMap' ? object['data'] : undefined;
  if (isMapping(data)) for (const key of Object.keys(data)) note(key, data[key], [resource, 'data', key]);
  const template = podTemplateOf(resource);
  for (const { container, path } of template === undefined ? [] : containersOf(template)) {
    const env = container['env'];
    if (!isSequence(env)) continue;
    for (const [index, entry] of env.entries()) {
      if (isMapping(entry))
        note(valueText(entry['name']), entry['value'], [resource, ...path, 'env', index, 'value']);
    }
  }
  return found;
}

function customName(root: string, environments: readonly NamedEnvironment[]): string | undefined {
  return environments.length > 0 ? undefined : environmentOfPath(root)?.word;
}
