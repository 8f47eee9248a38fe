import type { At, Check } from './check.ts';
import { invalid } from './check.ts';

/** What is wrong with a string, or undefined. All rules are those of k8s.io/apimachinery's util/validation. */
export type TextRule = (value: string) => string | undefined;

const label = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const underscoreLabel = '_?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?';
const labelPattern = new RegExp(`^${label}$`);
const subdomainPattern = new RegExp(`^${label}(?:\\.${label})*$`);
const underscoreSubdomainPattern = new RegExp(`^${underscoreLabel}(?:\\.${underscoreLabel})*$`);
const wildcardPattern = new RegExp(`^\\*\\.${label}(?:\\.${label})*$`);
const dns1035Pattern = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const qualifiedPartPattern = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const configKeyPattern = /^[-._a-zA-Z0-9]+$/;
const strictEnvNamePattern = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const relaxedEnvNamePattern = /^[\x20-\x3c\x3e-\x7e]+$/;
const identifierPattern = /^[A-Za-z_][A-Za-z0-9_]*$/;
const percentPattern = /^[0-9]+%$/;
const headerNamePattern = /^[-A-Za-z0-9]+$/;
const pathPattern = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

/** Reports `value` where it breaks the rule. */
export function checkText(check: Check, at: At, value: string, rule: TextRule): void {
  const problem = rule(value);
  if (problem !== undefined) invalid(check, at, value, problem, suggestion(value, rule));
}

export function dns1123Label(value: string): string | undefined {
  if (value.length > 63) return 'must have at most 63 characters';
  if (labelPattern.test(value)) return undefined;
  if (subdomainPattern.test(value)) return 'must not contain dots';
  return 'must be a DNS label: lower-case letters, digits and "-", beginning and ending with a letter or digit';
}

export function dns1123Subdomain(value: string): string | undefined {
  if (value.length > 253) return 'must have at most 253 characters';
  if (subdomainPattern.test(value)) return undefined;
  return 'must be a DNS name: lower-case letters, digits, "-" and ".", each part beginning and ending with a letter or digit';
}

export function dns1123SubdomainWithUnderscore(value: string): string | undefined {
  if (value.length > 253) return 'must have at most 253 characters';
  if (underscoreSubdomainPattern.test(value)) return undefined;
  return 'must be a DNS name: lower-case letters, digits, "-", "_" and "."';
}

export function dns1035Label(value: string): string | undefined {
  if (value.length > 63) return 'must have at most 63 characters';
  if (dns1035Pattern.test(value)) return undefined;
  return 'must be a DNS label that begins with a letter: lower-case letters, digits and "-", ending with a letter or digit';
}

export function wildcardSubdomain(value: string): string | undefined {
  if (value.length > 253) return 'must have at most 253 characters';
  if (wildcardPattern.test(value)) return undefined;
  return 'a wildcard must be "*." followed by a lower-case DNS name, and nowhere else';
}

/** A name that is one segment of a URL's path: all that RBAC and a few others ask for. */
export function pathSegment(value: string): string | undefined {
  if (value === '.' || value === '..') return `must not be "${value}"`;
  if (value.includes('/')) return 'must not contain "/"';
  if (value.includes('%')) return 'must not contain "%"';
  return undefined;
}

/** A label key, annotation key (in lower case) and the like: an optional DNS prefix, "/", and a name. */
export function qualifiedName(value: string): string | undefined {
  const slash = value.indexOf('/');
  const name = value.slice(slash + 1);
  if (slash >= 0) {
    if (name.includes('/')) return 'must be a name, or a DNS prefix, "/" and a name';
    if (slash === 0) return 'the prefix before "/" must not be empty';
    const prefix = dns1123Subdomain(value.slice(0, slash));
    if (prefix !== undefined) return `the prefix before "/" ${prefix}`;
  }
  if (name === '') return 'the name must not be empty';
  if (name.length > 63) return 'the name must have at most 63 characters';
  if (qualifiedPartPattern.test(name)) return undefined;
  return 'the name must be letters, digits, "-", "_" and ".", beginning and ending with a letter or digit';
}

export function labelValue(value: string): string | undefined {
  if (value === '') return undefined;
  if (value.length > 63) return 'must have at most 63 characters';
  if (qualifiedPartPattern.test(value)) return undefined;
  return 'a label value must be letters, digits, "-", "_" and ".", beginning and ending with a letter or digit';
}

export function portName(value: string): string | undefined {
  if (value.length > 15) return 'a port name must have at most 15 characters';
  if (!/^[-a-z0-9]+$/.test(value)) return 'a port name must be lower-case letters, digits and "-"';
  if (!/[a-z]/.test(value)) return 'a port name must contain a letter';
  if (value.includes('--')) return 'a port name must not contain "--"';
  if (value.startsWith('-') || value.endsWith('-')) return 'a port name must not begin or end with "-"';
  return undefined;
}

export function configKey(value: string): string | undefined {
  if (value.length > 253) return 'must have at most 253 characters';
  if (!configKeyPattern.test(value)) return 'a key must be letters, digits, "-", "_" and "."';
  if (value === '.' || value.startsWith('..'))
    return `a key must not ${value === '.' ? 'be "."' : 'begin with ".."'}`;
  return undefined;
}

/** The name of an environment variable; since 1.32 any printable ASCII but "=". */
export function envName(minor: number): TextRule {
  return minor >= 32 ? relaxedEnvName : strictEnvName;
}

export function relaxedEnvName(value: string): string | undefined {
  if (relaxedEnvNamePattern.test(value)) return undefined;
  return 'the name of an environment variable must be printable ASCII characters other than "="';
}

function strictEnvName(value: string): string | undefined {
  if (!strictEnvNamePattern.test(value))
    return 'the name of an environment variable must be letters, digits, "_", "-" and ".", not beginning with a digit';
  return value === '.' || value.startsWith('..') ? 'must not begin with ".."' : undefined;
}

export function cIdentifier(value: string): string | undefined {
  return identifierPattern.test(value)
    ? undefined
    : 'must be an identifier: letters, digits and "_", not beginning with a digit';
}

export function percent(value: string): string | undefined {
  return percentPattern.test(value) ? undefined : 'must be an integer or a percentage such as "25%"';
}

export function httpHeaderName(value: string): string | undefined {
  return headerNamePattern.test(value)
    ? undefined
    : 'the name of an HTTP header must be letters, digits and "-"';
}

/** A DNS name, "/" and a path: `example.com/ingress-controller`. */
export function domainPrefixedPath(value: string): string | undefined {
  const slash = value.indexOf('/');
  if (slash <= 0 || slash === value.length - 1)
    return 'must be a domain and a path, such as "example.com/name"';
  const domain = dns1123Subdomain(value.slice(0, slash));
  if (domain !== undefined) return `the domain before "/" ${domain}`;
  return pathPattern.test(value.slice(slash + 1))
    ? undefined
    : 'the path after "/" has characters that a URL cannot have';
}

/** A domain of two or more segments, with or without a final dot. */
export function fullyQualifiedDomainName(value: string): string | undefined {
  const name = value.endsWith('.') ? value.slice(0, -1) : value;
  const problem = dns1123Subdomain(name);
  if (problem !== undefined) return problem;
  const segments = name.split('.');
  if (segments.length < 2) return 'must be a domain of at least two segments';
  return segments.some((segment) => segment.length > 63)
    ? 'each segment must have at most 63 characters'
    : undefined;
}

export function portNumber(value: number): string | undefined {
  return value >= 1 && value <= 65535 ? undefined : 'a port must be between 1 and 65535';
}

function suggestion(value: string, rule: TextRule): string | undefined {
  const dots = rule === dns1123Subdomain;
  if (value.includes('${'))
    return 'nothing substitutes the variable: add spec.postBuild to the Flux Kustomization, or write the name';
  if (/\S\n+$/u.test(value))
    return 'the string ends with a line break: start the block with ">-" or "|-" instead of ">" or "|"';
  if (!dots && rule !== dns1123Label && rule !== dns1035Label) return undefined;
  const name = nearestName(value, dots);
  return name === undefined || rule(name) !== undefined ? undefined : `write "${name}"`;
}

/** The name that `value` was probably meant to be: lower case, with hyphens for what is not allowed. */
function nearestName(value: string, allowDots: boolean): string | undefined {
  const name = value
    .toLowerCase()
    .replace(allowDots ? /[^a-z0-9.-]+/g : /[^a-z0-9-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  return name === '' || name === value ? undefined : name;
}
