import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import type { Place } from '../../object/place.ts';
import { groupVersionKind, namespaceOf, type Resource } from '../../object/resource.ts';
import {
  equalValues,
  isMapping,
  isSequence,
  placedItemsAt,
  type Value,
  valueAt,
} from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { environmentFamilies, type FamilyMember } from '../../workload/environment/environment-families.ts';
import { hostsInValues, servedHosts } from '../../workload/network/served-host.ts';
import { containersOf, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { RunRule } from '../rule.ts';

export const environmentValueShared: RunRule = {
  id: 'environment-value-shared',
  severity: 'warning',
  scope: 'run',
  criterion: 'wired',
  tags: ['environments'],
  *judge(builds, { environments }) {
    for (const family of environmentFamilies(builds, environments)) {
      const members = family.filter(({ build }) => build.complete);
      for (const member of members) {
        // Production first: what is shared with it matters most.
        const later = members.filter(({ rank }) => rank > member.rank).reverse();
        for (const [key, own] of ownedIn(member)) {
          const found = later.find((other) => areShared(own, ownedIn(other).get(key), other));
          const other = found && ownedIn(found).get(key);
          if (found === undefined || other === undefined) continue;
          yield {
            at: own.place,
            message: `${member.name} and ${found.name} share ${own.words}`,
            help: `set a different one in the overlay of ${member.name}`,
            related: [{ at: other.place, message: `${found.name} gets it from here` }],
            entryPoint: member.build.root,
          };
        }
      }
    }
  },
};

/** Something that an environment keeps its own traffic or data in. */
interface Owned {
  readonly words: string;
  readonly place: Place;
  /** What says where the name leads; it may lead elsewhere in another environment. */
  readonly store?: Value;
  /** Whether one of two environments never gets it, whichever they are; data may be shared before production. */
  readonly isExclusive?: true;
}

/** By what it is and its name; of the same one in several objects the first. */
const ownedIn = knownOnce(({ build }: FamilyMember): ReadonlyMap<string, Owned> => {
  const found = new Map<string, Owned>();
  for (const owned of [...hostsIn(build), ...dataIn(build), ...secretsIn(build)])
    if (!found.has(owned.words)) found.set(owned.words, owned);
  return found;
});

function areShared(own: Owned, other: Owned | undefined, { rank }: FamilyMember): boolean {
  return (
    other !== undefined && equalValues(own.store, other.store) && (rank === 3 || own.isExclusive === true)
  );
}

function hostsIn({ resources }: Build): Owned[] {
  return resources.flatMap((resource) =>
    [...servedHosts(resource), ...hostsInValues(resource)].flatMap(({ host, path }) =>
      isName.test(host) && !isPrivate(host)
        ? [{ words: `the host ${host}`, place: [resource, ...path] as const, isExclusive: true }]
        : [],
    ),
  );
}

// Neither one for all, nor one with variables, which differ where their texts do not.
const isName = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/iu;

const bucketName = /(?:^|_)BUCKET(?:_NAME)?$/iu;
const addressName =
  /(?:^|_)(?:DATABASE|DB|POSTGRES(?:QL)?|PG|MYSQL|MARIADB|MONGO(?:DB)?|REDIS|KAFKA|RABBITMQ|AMQP|ELASTIC(?:SEARCH)?|OPENSEARCH|NATS|QUEUE|TOPIC)_?(?:URL|URI|DSN|HOST|HOSTS|SERVER|SERVERS|ADDR|ADDRESS|ENDPOINT|BROKERS|ARN)$/iu;

function dataIn(build: Build): Owned[] {
  return variablesIn(build).flatMap(({ name, value, place }) => {
    if (bucketName.test(name) && /^[\w.-]+$/u.test(value)) return [{ words: `the bucket ${value}`, place }];
    const host = addressName.test(name) ? hostOf(value) : undefined;
    return host === undefined ? [] : [{ words: `the data at ${host} (${name})`, place }];
  });
}

/** The host of an address, or the whole of an ARN; undefined for what may lead elsewhere in each cluster. */
function hostOf(value: string): string | undefined {
  if (/^arn:[\w:/.-]+$/u.test(value)) return value;
  const host = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/\s]*@)?([a-z0-9.-]+)(?::\d+)?(?:[/?,].*)?$/iu.exec(
    value,
  )?.[1];
  return host === undefined || isPrivate(host) || host.split('.').length < 3 ? undefined : host;
}

/** Names that mean something else in every network: those of Services, and those that no public registry gives out. */
function isPrivate(host: string): boolean {
  return /(?:^|\.)(?:svc|cluster\.local|local|localhost|internal|intranet|lan|corp|home\.arpa|test|example|invalid)$|^[\d.]+$|\.svc\./iu.test(
    host,
  );
}

interface Variable {
  readonly name: string;
  readonly value: string;
  readonly place: Place;
}

function variablesIn(build: Build): Variable[] {
  const ofMaps = build.resources.flatMap((resource) => {
    const data = resource.object['kind'] === 'ConfigMap' ? resource.object['data'] : undefined;
    return isMapping(data)
      ? Object.keys(data).map((name) => variable(name, data[name], [resource, 'data', name]))
      : [];
  });
  const ofContainers = podTemplatesOf(build).flatMap((template) =>
    containersOf(template).flatMap(({ container, path }) => {
      const env = container['env'];
      return (isSequence(env) ? env : []).map((entry, index) =>
        isMapping(entry)
          ? variable(valueText(entry['name']), entry['value'], [
              template.resource,
              ...path,
              'env',
              index,
              'value',
            ])
          : undefined,
      );
    }),
  );
  return [...ofMaps, ...ofContainers].filter((one) => one !== undefined);
}

function variable(name: string, value: Value | undefined, place: Place): Variable | undefined {
  return typeof value === 'string' && value !== '' ? { name, value, place } : undefined;
}

/** The entries of secret stores that External Secrets reads, where the store stands beside them. */
function secretsIn({ resources }: Build): Owned[] {
  return resources.flatMap((resource) => {
    const { object } = resource;
    if (groupVersionKind(object).group !== 'external-secrets.io' || object['kind'] !== 'ExternalSecret')
      return [];
    const store = storeOf(resource, resources);
    if (store === undefined) return [];
    const keys = [
      ...placedItemsAt(object, ['spec', 'data']).map(({ path }) => [...path, 'remoteRef', 'key']),
      ...placedItemsAt(object, ['spec', 'dataFrom']).map(({ path }) => [...path, 'extract', 'key']),
    ];
    return keys.flatMap((path) => {
      const key = valueAt(object, path);
      if (typeof key !== 'string') return [];
      return [{ words: `the entry ${key} of a secret store`, place: [resource, ...path] as const, store }];
    });
  });
}

function storeOf({ object }: Resource, resources: readonly Resource[]): Value | undefined {
  const reference = valueAt(object, ['spec', 'secretStoreRef']);
  const kind = valueAt(reference, ['kind']) ?? 'SecretStore';
  const store = resources.find(
    (one) =>
      one.object['kind'] === kind &&
      valueAt(one.object, ['metadata', 'name']) === valueAt(reference, ['name']) &&
      (kind === 'ClusterSecretStore' || namespaceOf(one.object) === namespaceOf(object)),
  );
  return store && valueAt(store.object, ['spec', 'provider']);
}
