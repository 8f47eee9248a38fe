import { credentialsBelow } from '../../credential/credentials-below.ts';
import { isKind } from '../../object/object-field.ts';
import { groupVersionKind, type Resource } from '../../object/resource.ts';
import { isSequence, type Path, valueAt } from '../../source/value.ts';
import { isCustomResource } from '../../workload/custom-resource.ts';
import { givenValues } from '../../workload/given-values.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { ResourceRule } from '../rule.ts';

/** Credentials that are handed to a chart, to variables, to an operator or to whoever reads annotations, in the clear. */
export const secretInValues: ResourceRule = {
  id: 'secret-in-values',
  severity: 'warning',
  scope: 'resource',
  criterion: 'secrets',
  tags: ['security'],
  *judge(resource) {
    for (const { start, shown, help } of placesOf(resource))
      for (const { path, within } of credentialsBelow(resource.object, start))
        yield {
          at: [resource, ...path],
          within,
          message: `${path.slice(shown).join('.') || path.at(-1)} looks like a credential, and is in the repository in plain text`,
          help,
        };
  },
};

interface SearchedPlace {
  readonly start: Path;
  /** From which step on a path is shown; those before go without saying. */
  readonly shown: number;
  readonly help: string;
}

const keepIt = 'keep it in a Secret that is encrypted or fetched';

function placesOf(resource: Resource): SearchedPlace[] {
  const values = [...givenValues(resource), ...valueTexts(resource)];
  return [
    {
      start: ['metadata', 'annotations'],
      shown: 2,
      help: `${keepIt}: anyone who can read the object can read its annotations`,
    },
    ...values.map((start) => ({
      start,
      shown: start.length,
      help: `${keepIt}, and let the chart or substituteFrom read it from there`,
    })),
    ...(values.length === 0 ? fieldsOf(resource) : []),
  ];
}

/** Values of a chart that an Application of Argo CD holds as a text. */
function valueTexts(resource: Resource): Path[] {
  if (!isKind(resource, 'argoproj.io', 'Application')) return [];
  const sources = valueAt(resource.object, ['spec', 'sources']);
  const several = isSequence(sources) ? sources.map((_, index): Path => ['spec', 'sources', index]) : [];
  return [['spec', 'source'], ...several].map((path) => [...path, 'helm', 'values']);
}

function fieldsOf(resource: Resource): SearchedPlace[] {
  const { object } = resource;
  if (!isCustomResource(resource) || encryptedGroups.has(groupVersionKind(object).group)) return [];
  return Object.keys(object)
    .filter((field) => !ofEveryKind.has(field))
    .map((field) => ({
      start: [field],
      shown: 0,
      help: `${keepIt}, and refer to that Secret in ${describe(resource)}`,
    }));
}

const ofEveryKind: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'status', 'sops']);

/** What their objects hold is encrypted, or names an entry of a store. */
const encryptedGroups: ReadonlySet<string> = new Set([
  'bitnami.com',
  'external-secrets.io',
  'generators.external-secrets.io',
  'isindir.github.com',
  'secrets.hashicorp.com',
  'secrets-store.csi.x-k8s.io',
]);
