/** An IP address as 16 bytes; an IPv4 address stands in the last four. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly bytes: readonly number[];
  /** Written as an IPv6 address with an IPv4 one inside: ::ffff:10.0.0.1. Such an address counts as IPv4. */
  readonly mapped: boolean;
  /** A part with leading zeros, which some readers take for octal. */
  readonly leadingZeros: boolean;
}

export interface Cidr {
  readonly address: IpAddress;
  readonly prefix: number;
  readonly leadingZeros: boolean;
}

/** Parses an address as leniently as the API server always did: leading zeros are decimal. */
export function parseIp(text: string): IpAddress | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  const length = text.slice(slash + 1);
  if (slash < 0 || !/^\d{1,4}$/.test(length)) return undefined;
  const written = text.slice(0, slash);
  const address = parseIp(written);
  if (address === undefined) return undefined;
  const prefix = Number(length);
  if (prefix > (written.includes(':') ? 128 : 32)) return undefined;
  return { address, prefix, leadingZeros: address.leadingZeros || /^0\d/.test(length) };
}

/** What is wrong with an address; `strict` since 1.36 (StrictIPCIDRValidation). */
export function ipProblem(text: string, strict: boolean): string | undefined {
  const address = parseIp(text);
  if (address === undefined) return 'must be an IP address, such as 10.9.8.7 or 2001:db8::1';
  if (!strict) return undefined;
  if (address.leadingZeros) return 'the parts of an IPv4 address must not have leading zeros';
  return address.mapped ? 'must not be an IPv4 address written as IPv6' : undefined;
}

/** The form of RFC 5952: lower case, the longest run of zeros left out. */
export function canonicalIp({ family, bytes }: IpAddress): string {
  if (family === 4) return bytes.slice(12).join('.');
  const groups: string[] = [];
  for (let index = 0; index < bytes.length; index += 2)
    groups.push((((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0)).toString(16));
  const text = groups.join(':');
  const runs = [...text.matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)];
  const [longest] = runs.sort((one, other) => other[0].length - one[0].length);
  if (longest === undefined) return text;
  const { 0: run, index } = longest;
  return `${text.slice(0, index).replace(/:$/, '')}::${text.slice(index + run.length).replace(/^:/, '')}`;
}

/** What is wrong with a CIDR block; `strict` since 1.36 (StrictIPCIDRValidation). */
export function cidrProblem(text: string, strict: boolean): string | undefined {
  const cidr = parseCidr(text);
  if (cidr === undefined) return 'must be a CIDR block, such as 10.9.8.0/24 or 2001:db8::/64';
  if (!strict) return undefined;
  if (cidr.leadingZeros) return 'must not have leading zeros in the address or the prefix length';
  if (cidr.address.mapped) return 'must not be an IPv4 block written as IPv6';
  return hasHostBits(cidr) ? 'must not have bits set beyond the prefix length' : undefined;
}

/** The block that a CIDR with bits beyond its prefix was meant to be: 10.0.0.0/8 for 10.0.0.1/8. */
export function maskedCidr(text: string): string | undefined {
  const cidr = parseCidr(text);
  if (cidr === undefined || cidr.address.family !== 4 || cidr.address.mapped) return undefined;
  const bytes = cidr.address.bytes.map((byte, index) => byte & maskByte(cidr, index)).slice(12);
  return `${bytes.join('.')}/${cidr.prefix}`;
}

/** The form of RFC 5952 of a block, which has no bits beyond its prefix. */
export function canonicalCidr(text: string): string | undefined {
  const cidr = parseCidr(text);
  return cidr === undefined ? undefined : `${canonicalIp(cidr.address)}/${cidr.prefix}`;
}

/** What is wrong with an address that traffic is to be sent to. */
export function endpointIpProblem(text: string): string | undefined {
  const address = parseIp(text);
  if (address === undefined) return 'must be an IP address';
  const { bytes } = address;
  const [b0 = 0, b1 = 0] = bytes;
  const [v0 = 0, v1 = 0, v2 = 0] = bytes.slice(12);
  const isV4 = address.family === 4;
  if ((isV4 ? bytes.slice(12) : bytes).every((byte) => byte === 0))
    return 'must not be the unspecified address';
  if (isV4 ? v0 === 127 : bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1)
    return 'must not be a loopback address';
  if (isV4 ? v0 === 169 && v1 === 254 : b0 === 0xfe && (b1 & 0xc0) === 0x80)
    return 'must not be a link-local address';
  if (isV4 ? v0 === 224 && v1 === 0 && v2 === 0 : b0 === 0xff && (b1 & 0x0f) === 0x02)
    return 'must not be a link-local multicast address';
  return undefined;
}

/** Whether `inner` lies inside `outer` and is smaller. */
export function isStrictSubset(inner: Cidr, outer: Cidr): boolean {
  if (inner.address.family !== outer.address.family || outer.prefix >= inner.prefix) return false;
  return outer.address.bytes.every(
    (byte, index) =>
      (byte & maskByte(outer, index)) === ((inner.address.bytes[index] ?? 0) & maskByte(outer, index)),
  );
}

function hasHostBits(cidr: Cidr): boolean {
  return cidr.address.bytes.some((byte, index) => (byte & ~maskByte(cidr, index) & 0xff) !== 0);
}

function maskByte(cidr: Cidr, index: number): number {
  const first = cidr.address.family === 4 && !cidr.address.mapped ? 12 : 0;
  const bits = Math.max(0, Math.min(8, cidr.prefix - (index - first) * 8));
  return index < first ? 0xff : (0xff << (8 - bits)) & 0xff;
}

function parseIpv4(text: string): IpAddress | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return undefined;
  const bytes = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, ...parts.map(Number)];
  return { family: 4, bytes, mapped: false, leadingZeros: parts.some((part) => /^0\d/.test(part)) };
}

function parseIpv6(text: string): IpAddress | undefined {
  let body = text;
  let leadingZeros = false;
  const lastColon = text.lastIndexOf(':');
  if (text.includes('.', lastColon)) {
    const tail = parseIpv4(text.slice(lastColon + 1));
    if (tail === undefined) return undefined;
    leadingZeros = tail.leadingZeros;
    const [a = 0, b = 0, c = 0, d = 0] = tail.bytes.slice(12);
    body = `${text.slice(0, lastColon + 1)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  }
  const groups = expandGroups(body);
  if (groups === undefined) return undefined;
  const bytes = groups.flatMap((group) => [group >> 8, group & 0xff]);
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  return { family: mapped ? 4 : 6, bytes, mapped, leadingZeros };
}

function expandGroups(body: string): number[] | undefined {
  const halves = body.split('::');
  if (halves.length > 2) return undefined;
  const parts = halves.map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], tail = []] = parts;
  if (![...head, ...tail].every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...Array<string>(missing).fill('0'), ...tail].map((group) => Number.parseInt(group, 16));
}
