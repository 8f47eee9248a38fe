import type { TextPart } from '../../source/scalar-offsets.ts';
import { type HostText, isHostVariable } from './host-text.ts';

/** A host name in a text that can only be a Service of the cluster, or that of a pod behind one. */
export interface ServiceHost {
  readonly name: string;
  /** The namespace of who asks where absent. */
  readonly namespace?: string;
  readonly port?: number;
  /** A second label that may be a namespace as well as the Service itself, before which the name of a pod stands. */
  readonly isShort: boolean;
  /** Where it stands in the text. */
  readonly within: TextPart;
}

const longest = 200_000;

/** The hosts in a text; `isFile` says that it is one of many lines, in which only addresses can be told from other words. */
export function serviceHosts({ text, variable }: HostText, isFile: boolean): ServiceHost[] {
  if (text.length > longest) return [];
  const code = isFile ? withoutComments(text) : text;
  const found = [...qualifiedHosts(code), ...addresses(code)];
  if (isFile) return distinct(found);
  return distinct([...found, ...endpoints(text, variable), ...bareHost(text, variable)]);
}

function distinct(hosts: readonly ServiceHost[]): ServiceHost[] {
  const byHost = new Map<string, ServiceHost>();
  for (const one of hosts) {
    const key = JSON.stringify({ ...one, within: undefined });
    if (!byHost.has(key)) byHost.set(key, one);
  }
  return [...byHost.values()];
}

// Examples mostly stand in comments. All else keeps its place.
function withoutComments(text: string): string {
  return text.replaceAll(/^[ \t]*(?:#|\/\/|;|--).*$/gmu, (comment) => ' '.repeat(comment.length));
}

/** `db.shop.svc`, with or without the domain of the cluster, the name of a pod and a port. */
function qualifiedHosts(text: string): ServiceHost[] {
  const pattern =
    /(?<![\w.${}%-])(?:[a-z0-9-]{1,63}\.)?([a-z0-9-]{1,63})\.([a-z0-9-]{1,63})\.svc(?![\w-])(?:\.cluster\.local)?\.?(?::(\d{1,5}))?/gu;
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [found, name = '', namespace = '', port] = match;
    return hostOf({ name, namespace, port, isShort: false, within: partAt(match.index, found) });
  });
}

const schemes =
  /^(?:https?|wss?|rediss?|postgres(?:ql)?|mysql|mariadb|mongodb|amqps?|nats|kafka|tcp|udp|grpcs?|smtps?|ldaps?|mqtts?|memcached|clickhouse|zookeeper|plaintext)$/iu;

/** `redis://cache:6379`: a host of one or two labels in an address. */
function addresses(text: string): ServiceHost[] {
  const pattern =
    /(?<![\w+.-])([A-Za-z]{3,12}):\/\/(?:[^\s/@"'<>]{0,200}@)?([a-z0-9-]{1,63})(?:\.([a-z0-9-]{1,63}))?(?::(\d{1,5}))?(?=[\s/"'?,;)\]}\\]|$)/gu;
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [address, scheme = '', name = '', namespace, port] = match;
    const host = [
      name,
      ...(namespace === undefined ? [] : [`.${namespace}`]),
      port === undefined ? '' : `:${port}`,
    ].join('');
    const within = partAt(match.index + address.length - host.length, host);
    return schemes.test(scheme) ? hostOf({ name, namespace, port, isShort: true, within }) : [];
  });
}

const endpointVariable =
  /HOST|ADDR|SERVER|ENDPOINT|UPSTREAM|UR[LI]|BROKER|BOOTSTRAP|BACKEND|TARGET|SERVICE|PROXY|DSN/iu;
const listening = /LISTEN|BIND|ALLOW|VIRTUAL|ADVERTI|TRUSTED|NODE|POD|MY_|SELF|LOCAL|NAME_?SERVER|DNS/iu;

/** `db:5432`, alone or in a list with commas, as the value of a variable or an option. */
function endpoints(text: string, variable: string): ServiceHost[] {
  const option = /^--?([A-Za-z][\w.-]*)=(.*)$/su.exec(text);
  const [name, value] = option === null ? [variable, text] : [option[1] ?? '', option[2] ?? ''];
  if (!endpointVariable.test(name) || listening.test(name)) return [];
  return [...value.matchAll(/[^,]+/gu)].flatMap(({ 0: item, index }) => {
    const [found = '', host, namespace, port] =
      /^([a-z0-9-]{1,63})(?:\.([a-z0-9-]{1,63}))?:(\d{1,5})$/u.exec(item.trim()) ?? [];
    const within = partAt(text.length - value.length + index + item.indexOf(found), found);
    return host === undefined ? [] : hostOf({ name: host, namespace, port, isShort: true, within });
  });
}

/** `DB_HOST=db`: the name alone, in a variable that says that it is one. */
function bareHost(text: string, variable: string): ServiceHost[] {
  if (!isHostVariable(variable) || !/(?:HOST|HOSTNAME|ADDR|ADDRESS)$/iu.test(variable)) return [];
  if (listening.test(variable) || variable.toUpperCase() === 'HOST') return [];
  const [, name, namespace] = /^([a-z0-9-]{1,63})(?:\.([a-z0-9-]{1,63}))?$/u.exec(text) ?? [];
  return name === undefined
    ? []
    : hostOf({ name, namespace, port: undefined, isShort: true, within: partAt(0, text) });
}

function partAt(start: number, { length }: string): TextPart {
  return { start, end: start + length };
}

// Numbers are addresses; `metadata` is that of a cloud, answered by the node.
const noService = /^(?:localhost|metadata|[0-9-]+|.*-|-.*)$/u;

/** A host as a pattern found it. */
interface FoundHost extends Pick<ServiceHost, 'name' | 'isShort' | 'within'> {
  readonly namespace: string | undefined;
  readonly port: string | undefined;
}

function hostOf({ name, namespace, port, isShort, within }: FoundHost): ServiceHost[] {
  if (noService.test(name)) return [];
  return [
    {
      name,
      isShort,
      within,
      ...(namespace === undefined ? {} : { namespace }),
      ...(port === undefined ? {} : { port: Number(port) }),
    },
  ];
}
