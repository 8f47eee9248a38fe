import { groupVersionKind, type Resource } from '../../object/resource.ts';
import { isSequence, type Path, type Value, valueAt } from '../../source/value.ts';
import { givenValues } from '../given-values.ts';
import { textsBelow } from './host-text.ts';

/** A host that an object names, and where. */
export interface NamedHost {
  readonly host: string;
  readonly path: Path;
}

/** Where objects say which hosts a controller answers for them, by group and kind; `*` stands for every item of a list. */
const servedAt: ReadonlyMap<string, Path> = new Map<string, Path>([
  ['networking.k8s.io/Ingress', ['spec', 'rules', '*', 'host']],
  ['gateway.networking.k8s.io/HTTPRoute', ['spec', 'hostnames', '*']],
  ['gateway.networking.k8s.io/GRPCRoute', ['spec', 'hostnames', '*']],
  ['gateway.networking.k8s.io/TLSRoute', ['spec', 'hostnames', '*']],
  ['gateway.networking.k8s.io/Gateway', ['spec', 'listeners', '*', 'hostname']],
  ['networking.istio.io/VirtualService', ['spec', 'hosts', '*']],
  ['networking.istio.io/Gateway', ['spec', 'servers', '*', 'hosts', '*']],
  ['route.openshift.io/Route', ['spec', 'host']],
]);

/** The hosts that a controller answers for an object. */
export function servedHosts({ object }: Resource): NamedHost[] {
  const { group, kind } = groupVersionKind(object);
  const pattern = servedAt.get(`${group}/${kind}`);
  return pattern === undefined ? [] : hostsAt(object, pattern);
}

/** The hosts that the values of a chart name below a word for what lets requests in, as `ingress.hosts[0].host`. */
export function hostsInValues(resource: Resource): NamedHost[] {
  return givenValues(resource).flatMap((start) =>
    textsBelow(valueAt(resource.object, start), start)
      .filter(({ path }) => {
        const words = path.slice(start.length).filter((step) => typeof step === 'string');
        return hostKey.test(words.at(-1) ?? '') && words.some((word) => letsIn.test(word));
      })
      .map(({ text, path }) => ({ host: text, path })),
  );
}

const hostKey = /^host(?:name)?s?$/iu;
const letsIn = /^(?:ingress|routes?|httproutes?|gateway)$/iu;

/** The texts at a way in which `*` stands for every item of a list. */
export function hostsAt(value: Value | undefined, [step, ...rest]: Path, path: Path = []): NamedHost[] {
  if (step === undefined) return typeof value === 'string' ? [{ host: value, path }] : [];
  if (step !== '*') return hostsAt(valueAt(value, [step]), rest, [...path, step]);
  return isSequence(value) ? value.flatMap((item, index) => hostsAt(item, rest, [...path, index])) : [];
}
