import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import { hasLiteral } from '../../source/find-literal.ts';
import type { TextPart } from '../../source/scalar-offsets.ts';
import { isMapping, isSequence, type Path, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { objectsIn, objectsNamed } from '../cluster-objects.ts';
import { isCustomResource } from '../custom-resource.ts';
import { podTemplateOf } from '../pod/pod-template.ts';
import type { Surroundings } from '../surroundings.ts';
import { type HostText, hostTextsOf } from './host-text.ts';
import { type ServiceHost, serviceHosts } from './service-host.ts';
import { isCoreService } from './service-target.ts';

/** A Service that a text calls by name. */
export interface CalledService {
  readonly name: string;
  readonly namespace: string;
  readonly port?: number;
  readonly path: Path;
  /** Where it stands in the text at `path`. */
  readonly within: TextPart;
  /** Whether it stands in a file of a ConfigMap, in which not every address is one that is called. */
  readonly isInFile: boolean;
  /** The Services of that name and namespace; none where the name leads nowhere. */
  readonly services: readonly Resource[];
}

/** The Services that an object calls in its environment, its arguments and its files, each once for a place. */
export function calledServices(resource: Resource, build: Build, context: Surroundings): CalledService[] {
  const hosts = hostsIn(resource);
  if (hosts.length === 0) return [];
  const around = { resource, build, context, aliases: hostAliases(resource) };
  return hosts.flatMap(({ host, text, isInFile }) =>
    resolve(host, text, around).map((one) => ({ ...one, isInFile })),
  );
}

const hostsIn = knownOnce((resource: Resource) => {
  // The texts of a custom resource are written for other namespaces than its own: of these only whole names count.
  const isCustom = isCustomResource(resource) && podTemplateOf(resource) === undefined;
  return hostTextsOf(resource).flatMap((text) => {
    const isInFile = isCustom || text.text.includes('\n');
    return serviceHosts(text, isInFile)
      .filter((host) => !isCustom || !host.isShort)
      .map((host) => ({ host, text, isInFile }));
  });
});

interface Around {
  readonly resource: Resource;
  readonly build: Build;
  readonly context: Surroundings;
  readonly aliases: ReadonlySet<string>;
}

/** As the resolver of a pod does: the own namespace first, then the second label as a namespace. */
function resolve(
  host: ServiceHost,
  { text, path }: HostText,
  { resource, build, context, aliases }: Around,
): Omit<CalledService, 'isInFile'>[] {
  const own = namespaceOf(resource.object);
  const { name, namespace = own, isShort, within } = host;
  const at = { path, within, ...(host.port === undefined ? {} : { port: host.port }) };
  const servicesNamed = (one: string, where: string): Resource[] =>
    objectsNamed({ kind: 'Service', name: one, namespace: where }, build, context).filter(isCoreService);
  const services = servicesNamed(name, namespace);
  if (services.length > 0) return [{ name, namespace, services, ...at }];
  if (isShort && host.namespace !== undefined) {
    // `db-0.db` is a pod of the Service db; any other second label that is no namespace of ours is a domain.
    const behind = servicesNamed(host.namespace, own);
    if (behind.length > 0) return [{ name: host.namespace, namespace: own, services: behind, ...at }];
    if (/^[a-z]{2,4}$/u.test(host.namespace)) return [];
  }
  const isOurs =
    namespace === own ||
    objectsIn({ kind: 'Service', namespace }, build, context).some(
      (one) => isCoreService(one) && namespaceOf(one.object) === namespace,
    );
  const isElsewhere = aliases.has(name) || isNamedInText(name, text);
  return isOurs && !isElsewhere ? [{ name, namespace, services, ...at }] : [];
}

function hostAliases(resource: Resource): ReadonlySet<string> {
  const spec = podTemplateOf(resource)?.spec;
  const aliases = spec?.['hostAliases'];
  const names = isSequence(aliases)
    ? aliases.flatMap((alias) => {
        const hostnames = valueAt(alias, ['hostnames']);
        return isSequence(hostnames) ? hostnames.map(valueText) : [];
      })
    : [];
  const hostname = isMapping(spec) ? spec['hostname'] : undefined;
  return new Set([...names, valueText(hostname ?? '')]);
}

// nginx, Envoy, HAProxy and others give a name to a group of servers and use it where a host may stand.
function isNamedInText(name: string, text: string): boolean {
  return hasLiteral(text.toLowerCase(), name.toLowerCase(), {
    before: /(?:upstream|backend|server|cluster|service|name|listen|id)["']?\s*[:=]?\s*["']?$/u,
    after: /^[^\w.:-]/u,
  });
}
