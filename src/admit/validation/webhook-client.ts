import type { Mapping } from '../../source/value.ts';
import { type Check, invalid, required, requireTexts, within } from './check.ts';
import { has, numeric, optionalText, struct, text } from './fields.ts';
import { dns1123Subdomain, portNumber } from './names.ts';

/** Checks how a webhook is reached, under `key`: a URL or a service. */
export function validateWebhookClient(parent: Mapping, key: string, check: Check): void {
  const client = struct(parent, key);
  if (has(client, 'url') === has(client, 'service'))
    required(check, key, 'must have exactly one of url and service');
  else
    within(check, parent, key, (config) => {
      within(check, config, 'service', validateService);
      const url = optionalText(config, 'url');
      const problem = url === undefined ? undefined : urlProblem(url);
      if (problem !== undefined) invalid(check, 'url', url, problem);
    });
}

function validateService(service: Mapping, check: Check): void {
  requireTexts(service, check, 'name', 'namespace');
  const port = numeric(service, 'port');
  if (port !== undefined && portNumber(port) !== undefined)
    invalid(check, 'port', port, 'must be between 1 and 65535');
  const problem = pathProblem(text(service, 'path'));
  if (problem !== undefined) invalid(check, 'path', text(service, 'path'), problem);
}

function pathProblem(path: string): string | undefined {
  if (path === '' || path === '/') return undefined;
  if (!path.startsWith('/')) return 'must begin with "/"';
  const steps = path.slice(1).replace(/\/$/, '').split('/');
  return steps.every((step) => step !== '' && dns1123Subdomain(step) === undefined)
    ? undefined
    : 'each part between "/" must be a lower-case DNS name';
}

function urlProblem(url: string): string | undefined {
  if (!url.startsWith('https://')) return 'must begin with https://';
  const [authority = ''] = url.slice('https://'.length).split(/[/?#]/);
  if (authority === '') return 'must have a host';
  if (authority.includes('@')) return 'must not have a user';
  if (url.includes('#')) return 'must not have a fragment';
  return url.includes('?') ? 'must not have a query' : undefined;
}
