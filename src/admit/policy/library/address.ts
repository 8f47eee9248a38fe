import { type Cidr, type Ip, kind } from '../cel-value.ts';

/** An IPv4 or IPv6 address as netip.ParseAddr takes it, without zones and without IPv4 in IPv6; or undefined. */
export function parseIp(text: string): Ip | undefined {
  if (text.length > 45) return undefined;
  if (!text.includes(':')) {
    const bits = parseIpv4(text);
    return bits === undefined ? undefined : { [kind]: 'ip', bits, family: 4 };
  }
  const bits = parseIpv6(text);
  // ip("::ffff:1.2.3.4") is refused by the API server: it would have two spellings.
  if (bits === undefined || bits >> 32n === 0xffffn) return undefined;
  return { [kind]: 'ip', bits, family: 6 };
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let bits = 0n;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    bits = (bits << 8n) | BigInt(part);
  }
  return bits;
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupsOf);
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...(tail ?? [])];
  return groups.reduce((bits, group) => (bits << 16n) | group, 0n);
}

function groupsOf(half: string): bigint[] | undefined {
  if (half === '') return [];
  const groups: bigint[] = [];
  const parts = half.split(':');
  for (const [index, part] of parts.entries()) {
    if (part.includes('.') && index === parts.length - 1) {
      const bits = parseIpv4(part);
      if (bits === undefined) return undefined;
      groups.push(bits >> 16n, bits & 0xffffn);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}

/** `ADDRESS/PREFIX`, or undefined. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.lastIndexOf('/');
  const ip = parseIp(text.slice(0, Math.max(0, slash)));
  const prefix = text.slice(slash + 1);
  if (ip === undefined || !/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > width(ip)) return undefined;
  return { [kind]: 'cidr', ip, prefix: Number(prefix) };
}

export function width(ip: Ip): number {
  return ip.family === 4 ? 32 : 128;
}

/** The address with the bits after the prefix cleared. */
export function masked(ip: Ip, prefix: number): Ip {
  const shift = BigInt(width(ip) - prefix);
  return { [kind]: 'ip', bits: (ip.bits >> shift) << shift, family: ip.family };
}

/** The canonical spelling (RFC 5952). */
export function ipText({ bits, family }: Ip): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((bits >> shift) & 255n)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((bits >> BigInt(112 - index * 16)) & 0xffffn).toString(16),
  );
  const runs = groups.join(':').match(/(?:^|(?<=:))0(?::0)+(?=:|$)/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return groups.join(':');
  const text = groups.join(':');
  const at = runs.length === 0 ? -1 : indexOfRun(text, longest);
  const left = text.slice(0, at).replace(/:$/, '');
  const right = text.slice(at + longest.length).replace(/^:/, '');
  return `${left}::${right}`;
}

function indexOfRun(text: string, run: string): number {
  if (text === run || text.startsWith(`${run}:`)) return 0;
  const inside = text.indexOf(`:${run}:`);
  return inside >= 0 ? inside + 1 : text.length - run.length;
}
