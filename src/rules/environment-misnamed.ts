import type { Resource } from '../build/resource.ts';
import { isMapping, isSequence, type Value } from '../source/value.ts';
import { containersOf, describe, podTemplateOf } from './pod-template.ts';
import type { BuildRule, Place } from './rule.ts';

export const environmentMisnamed: BuildRule = {
  id: 'environment-misnamed',
  severity: 'warning',
  scope: 'build',
  *judge({ root, resources }, { environments }) {
    const own = environments.find((one) => one.root === root);
    if (own === undefined) return;
    const others = environments.filter(({ name }) => canonical(name) !== canonical(own.name));
    for (const resource of resources) {
      for (const { name, value, at } of identities(resource)) {
        const other = others.find((one) => canonical(one.name) === canonical(value));
        if (other === undefined) continue;
        yield {
          at,
          message: `${describe(resource)} of ${own.name} says ${name}=${value}, which is another environment`,
          help: `write ${own.name}, in the overlay of ${own.name} where the base has the value`,
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
        note(String(entry['name']), entry['value'], [resource, ...path, 'env', index, 'value']);
    }
  }
  return found;
}

const synonyms: ReadonlyMap<string, string> = new Map([
  ['development', 'dev'],
  ['develop', 'dev'],
  ['production', 'prod'],
  ['live', 'prod'],
  ['stage', 'staging'],
  ['testing', 'test'],
]);

function canonical(name: string): string {
  const lower = name.toLowerCase();
  return synonyms.get(lower) ?? lower;
}
