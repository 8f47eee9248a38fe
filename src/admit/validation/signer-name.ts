import { dns1123Label, dns1123Subdomain } from './names.ts';

/** What is wrong with the name of a signer of certificates, such as `example.com/signer`. */
export function signerNameProblem(name: string): string | undefined {
  const [domain = '', path = '', ...rest] = name.split('/');
  if (!name.includes('/') || rest.length > 0)
    return 'must be a domain and a path, such as "example.com/signer"';
  if (domain.length > 253) return 'the domain before "/" must have at most 253 characters';
  if (domain.split('.').some((part) => dns1123Label(part) !== undefined))
    return 'the domain before "/" must be lower-case letters, digits, "-" and "."';
  if (!domain.includes('.')) return 'the domain before "/" must have at least two segments';
  if (path.split('.').some((part) => dns1123Subdomain(part) !== undefined))
    return 'the path after "/" must be lower-case letters, digits, "-" and "."';
  return name.length > 571 ? 'must have at most 571 characters' : undefined;
}
