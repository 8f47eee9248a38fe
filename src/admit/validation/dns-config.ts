import type { Mapping } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { type Check, each, eachText, invalid, required } from './check.ts';
import { isEmpty, items, struct, text } from './fields.ts';
import { ipProblem } from './ip.ts';
import { checkText, dns1123Subdomain, dns1123SubdomainWithUnderscore } from './names.ts';

const maxNameservers = 3;
const maxSearches = 32;
const maxSearchCharacters = 2048;

/** Checks `dnsConfig` of a pod against its `dnsPolicy`. */
export function validateDnsConfig(spec: Mapping, check: Check): void {
  const config = struct(spec, 'dnsConfig');
  if (text(spec, 'dnsPolicy') === 'None' && isEmpty(config, 'nameservers')) {
    required(
      check,
      config === undefined ? 'dnsConfig' : ['dnsConfig', 'nameservers'],
      'must name at least one server with dnsPolicy None',
    );
    return;
  }
  if (config === undefined) return;
  check.path.push('dnsConfig');
  validateNameservers(config, check);
  validateSearches(config, check);
  each(check, config, 'options', (option) => {
    if (text(option, 'name') === '') required(check, 'name');
  });
  check.path.pop();
}

/** Checks `hostAliases` of a pod. */
export function validateHostAliases(spec: Mapping, check: Check): void {
  each(check, spec, 'hostAliases', (alias) => {
    checkText(check, 'ip', text(alias, 'ip'), (ip) => ipProblem(ip, check.minor >= 36));
    eachText(check, alias, 'hostnames', (name, _, index) => checkText(check, index, name, dns1123Subdomain));
  });
}

function validateNameservers(config: Mapping, check: Check): void {
  const nameservers = items(config, 'nameservers');
  if (nameservers.length > maxNameservers)
    invalid(check, 'nameservers', nameservers, `must have at most ${maxNameservers} items`);
  eachText(check, config, 'nameservers', (server, _, index) =>
    checkText(check, index, server, (ip) => ipProblem(ip, check.minor >= 36)),
  );
}

function validateSearches(config: Mapping, check: Check): void {
  const searches = items(config, 'searches');
  if (searches.length > maxSearches)
    invalid(check, 'searches', searches, `must have at most ${maxSearches} items`);
  if (searches.map(valueText).join(' ').length > maxSearchCharacters)
    invalid(check, 'searches', searches, `must have at most ${maxSearchCharacters} characters in total`);
  // Relaxed in 1.33: underscores, and a lone dot.
  const relaxed = check.minor >= 33;
  eachText(check, config, 'searches', (search, _, index) => {
    if (relaxed && search === '.') return;
    const name = search.endsWith('.') ? search.slice(0, -1) : search;
    checkText(check, index, name, relaxed ? dns1123SubdomainWithUnderscore : dns1123Subdomain);
  });
}
