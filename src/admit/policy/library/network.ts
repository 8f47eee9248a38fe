import { CelError, noSuchOverload } from '../cel-error.ts';
import { type CelKey, type CelValue, type Cidr, type Ip, isSpecial, kind } from '../cel-value.ts';
import { ipText, masked, parseCidr, parseIp, width } from './address.ts';
import { type Library, specialArgument, stringArgument } from './argument.ts';
import { escapedPath, parseRequestUri, type RequestUri } from './request-uri.ts';

function ipOf(value: CelValue | undefined): Ip {
  if (isSpecial(value) && value[kind] === 'ip') return value;
  const text = stringArgument(value);
  const ip = parseIp(text);
  if (ip === undefined) throw new CelError(`IP Address "${text}" parse error during conversion from string`);
  return ip;
}

function cidrOf(value: CelValue | undefined): Cidr {
  if (isSpecial(value) && value[kind] === 'cidr') return value;
  const text = stringArgument(value);
  const cidr = parseCidr(text);
  if (cidr === undefined)
    throw new CelError(`network address parse error during conversion from string: "${text}"`);
  return cidr;
}

function contains(cidr: Cidr, ip: Ip): boolean {
  return ip.family === cidr.ip.family && masked(ip, cidr.prefix).bits === masked(cidr.ip, cidr.prefix).bits;
}

function inRange(ip: Ip, v4: string, v6: string): boolean {
  const range = parseCidr(ip.family === 4 ? v4 : v6);
  return range !== undefined && contains(range, ip);
}

function partsOf(value: CelValue | undefined): RequestUri {
  const parts = parseRequestUri(specialArgument(value, 'url').text);
  if (parts === undefined) throw noSuchOverload();
  return parts;
}

function queryOf(value: CelValue | undefined): CelValue {
  const map = new Map<CelKey, CelValue>();
  // Go leaves a pair with a semicolon out.
  const pairs = partsOf(value)
    .query.split('&')
    .filter((pair) => pair !== '' && !pair.includes(';'));
  for (const [key, entry] of new URLSearchParams(pairs.join('&'))) {
    map.set(key, [...((map.get(key) as string[] | undefined) ?? []), entry]);
  }
  return map;
}

function isCanonical(text: string): boolean {
  const ip = ipOf(text);
  return ipText(ip) === text;
}

export const networkFunctions: Library = {
  url: ([value]) => {
    const text = stringArgument(value);
    if (parseRequestUri(text) === undefined)
      throw new CelError(`URL parse error during conversion from string: "${text}"`);
    return { [kind]: 'url', text };
  },
  isURL: ([text]) => parseRequestUri(stringArgument(text)) !== undefined,
  ip: ([text]) => ipOf(stringArgument(text)),
  isIP: ([text]) => parseIp(stringArgument(text)) !== undefined,
  'ip.isCanonical': ([text]) => isCanonical(stringArgument(text)),
  cidr: ([text]) => cidrOf(stringArgument(text)),
  isCIDR: ([text]) => parseCidr(stringArgument(text)) !== undefined,
};

export const networkMethods: Library = {
  getScheme: ([url]) => partsOf(url).scheme,
  getHost: ([url]) => partsOf(url).host,
  getHostname: ([url]) =>
    partsOf(url)
      .host.replace(/:\d*$/, '')
      .replace(/^\[(.*)\]$/, '$1'),
  getPort: ([url]) => /:(\d+)$/.exec(partsOf(url).host)?.[1] ?? '',
  getEscapedPath: ([url]) => escapedPath(partsOf(url)),
  getQuery: ([url]) => queryOf(url),
  family: ([ip]) => BigInt(specialArgument(ip, 'ip').family),
  isUnspecified: ([ip]) => specialArgument(ip, 'ip').bits === 0n,
  isLoopback: ([ip]) => inRange(specialArgument(ip, 'ip'), '127.0.0.0/8', '::1/128'),
  isLinkLocalMulticast: ([ip]) => inRange(specialArgument(ip, 'ip'), '224.0.0.0/24', 'ff02::/16'),
  isLinkLocalUnicast: ([ip]) => inRange(specialArgument(ip, 'ip'), '169.254.0.0/16', 'fe80::/10'),
  isGlobalUnicast: ([ip]) => isGlobalUnicast(specialArgument(ip, 'ip')),
  ip: ([cidr]) => specialArgument(cidr, 'cidr').ip,
  masked: ([cidr]) => {
    const { ip, prefix } = specialArgument(cidr, 'cidr');
    return { [kind]: 'cidr', ip: masked(ip, prefix), prefix };
  },
  prefixLength: ([cidr]) => BigInt(specialArgument(cidr, 'cidr').prefix),
  containsIP: ([cidr, ip]) => contains(specialArgument(cidr, 'cidr'), ipOf(ip)),
  containsCIDR: ([outer, inner]) => {
    const [wide, narrow] = [specialArgument(outer, 'cidr'), cidrOf(inner)];
    return narrow.prefix >= wide.prefix && contains(wide, narrow.ip);
  },
};

function isGlobalUnicast(ip: Ip): boolean {
  const isBroadcast = ip.family === 4 && ip.bits === 2n ** BigInt(width(ip)) - 1n;
  return (
    ip.bits !== 0n &&
    !isBroadcast &&
    !inRange(ip, '127.0.0.0/8', '::1/128') &&
    !inRange(ip, '224.0.0.0/4', 'ff00::/8') &&
    !inRange(ip, '169.254.0.0/16', 'fe80::/10')
  );
}
