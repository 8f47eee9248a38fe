import { isMapping, type Mapping } from '../../source/value.ts';
import { type Check, forbidden, invalid, required, requireOneOf, within } from './check.ts';
import { has, numeric, struct, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain } from './names.ts';
import { inRange, nonNegative } from './numbers.ts';

const preserveZero = 'flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares';
const mostQueues = 10_000_000;
const hashBits = 60;

export function validatePriorityLevelConfiguration(level: Mapping, check: Check): void {
  validateMetadata(level, check, { namespaced: false, name: dns1123Subdomain });
  const metadata = struct(level, 'metadata');
  if (has(struct(metadata, 'annotations'), preserveZero) && !text(level, 'apiVersion').endsWith('/v1beta3'))
    forbidden(check, ['metadata', 'annotations', preserveZero], 'is allowed only in v1beta3');
  const spec = struct(level, 'spec');
  const type = text(spec, 'type');
  check.path.push('spec');
  const isExempt = text(metadata, 'name') === 'exempt';
  if (isExempt !== (type === 'Exempt'))
    invalid(check, 'type', type, 'must be Exempt for the level named exempt, and for no other');
  validateType(spec, type, check);
  check.path.pop();
}

function validateType(spec: Mapping | undefined, type: string, check: Check): void {
  if (type === 'Exempt') {
    if (has(spec, 'limited')) forbidden(check, 'limited', 'must not be set together with type: Exempt');
    within(check, spec, 'exempt', (exempt) => {
      nonNegative(check, exempt, 'nominalConcurrencyShares');
      inRange(check, exempt, 'lendablePercent', 0, 100);
    });
  } else if (type === 'Limited') {
    if (has(spec, 'exempt')) forbidden(check, 'exempt', 'must not be set together with type: Limited');
    if (has(spec, 'limited')) within(check, spec, 'limited', validateLimited);
    else required(check, 'limited', 'must be set for type: Limited');
  } else requireOneOf(check, 'type', type, ['Exempt', 'Limited']);
}

function validateLimited(limited: Mapping, check: Check): void {
  nonNegative(check, limited, 'nominalConcurrencyShares');
  inRange(check, limited, 'lendablePercent', 0, 100);
  nonNegative(check, limited, 'borrowingLimitPercent');
  const response = struct(limited, 'limitResponse');
  const type = text(response, 'type');
  check.path.push('limitResponse');
  if (type === 'Reject') {
    if (has(response, 'queuing')) forbidden(check, 'queuing', 'must not be set together with type: Reject');
  } else if (type === 'Queue') {
    if (isMapping(response?.['queuing'])) within(check, response, 'queuing', validateQueuing);
    else required(check, 'queuing', 'must be set for type: Queue');
  } else requireOneOf(check, 'type', type, ['Queue', 'Reject']);
  check.path.pop();
}

/** The defaults are 64 queues of 50 requests, of which a flow gets 8; 0 counts as unset. */
function validateQueuing(queuing: Mapping, check: Check): void {
  const queues = numeric(queuing, 'queues') || 64;
  const handSize = numeric(queuing, 'handSize') || 8;
  const limit = numeric(queuing, 'queueLengthLimit') || 50;
  if (limit <= 0) invalid(check, 'queueLengthLimit', limit, 'must be greater than 0');
  if (queues <= 0 || queues > mostQueues)
    invalid(check, 'queues', queues, `must be between 1 and ${mostQueues}`);
  if (handSize <= 0) invalid(check, 'handSize', handSize, 'must be greater than 0');
  else if (handSize > queues) invalid(check, 'handSize', handSize, `must not exceed queues (${queues})`);
  else if (entropyBits(queues, handSize) > hashBits)
    invalid(
      check,
      'handSize',
      handSize,
      `is too many for ${queues} queues: dealing them needs more than 60 bits`,
    );
}

/** The bits that dealing a hand needs: `k8s.io/apiserver/pkg/util/shufflesharding` RequiredEntropyBits. */
function entropyBits(deckSize: number, handSize: number): number {
  return Math.ceil(Math.log2(deckSize) * handSize);
}
