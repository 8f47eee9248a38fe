import type { Mapping } from '../../source/value.ts';
import { type At, type Check, each, eachText, invalid, within } from '../validation/check.ts';
import { has, isEmpty, struct, text } from '../validation/fields.ts';
import { canonicalCidr, canonicalIp, parseCidr, parseIp } from '../validation/ip.ts';

const topologyHints = 'service.kubernetes.io/topology-aware-hints';

/** Warns of what a Service ignores, or will: `k8s.io/kubernetes/pkg/api/service/warnings.go`. */
export function warnOfService(service: Mapping, check: Check): void {
  if (has(struct(struct(service, 'metadata'), 'annotations'), topologyHints))
    invalid(
      check,
      ['metadata', 'annotations', topologyHints],
      null,
      'is deprecated',
      'write service.kubernetes.io/topology-mode',
    );
  within(check, service, 'spec', (spec) => {
    warnOfType(spec, check);
    for (const list of ['clusterIPs', 'externalIPs'])
      eachText(check, spec, list, (address, _, index) => warnOfIp(check, index, address));
    // No rule of the server is about it, leading zeros included.
    if (text(spec, 'loadBalancerIP') !== '')
      warnOfIp(check, 'loadBalancerIP', text(spec, 'loadBalancerIP'), true);
    eachText(check, spec, 'loadBalancerSourceRanges', (block, _, index) => warnOfCidr(check, index, block));
    if (text(spec, 'trafficDistribution') === 'PreferClose' && check.minor >= 34)
      invalid(check, 'trafficDistribution', 'PreferClose', 'is deprecated', 'write PreferSameZone');
  });
}

function warnOfType(spec: Mapping, check: Check): void {
  const type = text(spec, 'type') || 'ClusterIP';
  const isHeadless = type === 'ClusterIP' && text(spec, 'clusterIP') === 'None';
  const hasAddresses = !isEmpty(spec, 'externalIPs');
  if (isHeadless) {
    if (text(spec, 'loadBalancerIP') !== '') ignored(check, 'loadBalancerIP', 'by a headless Service');
    if (hasAddresses) ignored(check, 'externalIPs', 'by a headless Service');
    if ((text(spec, 'sessionAffinity') || 'None') !== 'None')
      ignored(check, 'sessionAffinity', 'by a headless Service');
  } else if (hasAddresses && type === 'ExternalName') ignored(check, 'externalIPs', 'with type ExternalName');
  else if (hasAddresses && check.minor >= 36)
    invalid(check, 'externalIPs', null, 'is deprecated, and some clusters ignore it');
  if (type !== 'ExternalName' && text(spec, 'externalName') !== '')
    ignored(check, 'externalName', 'without type ExternalName');
}

function ignored(check: Check, at: string, when: string): void {
  invalid(check, at, null, `is ignored ${when}`, 'remove it');
}

export function warnOfPolicy(policy: Mapping, check: Check): void {
  within(check, policy, 'spec', (spec) => {
    for (const [rules, peers] of [
      ['ingress', 'from'],
      ['egress', 'to'],
    ] as const)
      each(check, spec, rules, (rule) =>
        each(check, rule, peers, (peer) =>
          within(check, peer, 'ipBlock', (block) => {
            warnOfCidr(check, 'cidr', text(block, 'cidr'));
            eachText(check, block, 'except', (one, _, index) => warnOfCidr(check, index, one));
          }),
        ),
      );
  });
}

export function warnOfEndpoints(endpoints: Mapping, check: Check): void {
  each(check, endpoints, 'subsets', (subset) => {
    for (const list of ['addresses', 'notReadyAddresses'])
      each(check, subset, list, (address) => warnOfIp(check, 'ip', text(address, 'ip')));
  });
}

export function warnOfSlice(slice: Mapping, check: Check): void {
  if (text(slice, 'addressType') === 'FQDN')
    invalid(check, 'addressType', 'FQDN', 'is deprecated: no component of Kubernetes reads such slices');
}

/** Warns of an IPv6 address that is not written as all tools would write it, and of leading zeros where no rule refuses them. */
export function warnOfIp(check: Check, at: At, text: string, takesZeros = false): void {
  const address = parseIp(text);
  if (address === undefined || (address.leadingZeros && !takesZeros)) return;
  const canonical = canonicalIp(address);
  if (text !== canonical && (text.includes(':') || address.leadingZeros))
    invalid(check, at, text, 'should be in canonical form', `write ${canonical}`);
}

function warnOfCidr(check: Check, at: At, text: string): void {
  const block = parseCidr(text);
  if (block === undefined || block.leadingZeros) return;
  const canonical = canonicalCidr(text);
  if (canonical !== undefined && text !== canonical && text.includes(':'))
    invalid(check, at, text, 'should be in canonical form', `write ${canonical}`);
}
