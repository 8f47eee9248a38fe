import { isMapping, type Mapping } from '../../source/value.ts';
import { type Check, each, forbidden, invalid, required, supported, within } from './check.ts';
import { validatePortNumberOrName } from './container-ports.ts';
import { isEmpty, numeric, text } from './fields.ts';
import { checkText, httpHeaderName } from './names.ts';
import { nonNegative } from './numbers.ts';

const probeHandlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'];
const lifecycleHandlers = ['exec', 'httpGet', 'tcpSocket', 'sleep'];
const probeNumbers = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
];

/** What a handler has to know of its pod. */
export interface Grace {
  readonly gracePeriod: number;
}

/** Checks the three probes of a container. */
export function validateProbes(container: Mapping, check: Check, grace: Grace): void {
  within(check, container, 'livenessProbe', (probe) => validateProbe(probe, check, grace, 1));
  within(check, container, 'readinessProbe', (probe) => validateReadinessProbe(probe, check, grace));
  within(check, container, 'startupProbe', (probe) => validateProbe(probe, check, grace, 1));
}

/** Checks `lifecycle` of a container. Its stopSignal is dropped unread: ContainerStopSignals is off up to 1.37. */
export function validateLifecycle(container: Mapping, check: Check, grace: Grace): void {
  within(check, container, 'lifecycle', (lifecycle) => {
    within(check, lifecycle, 'postStart', (handler) =>
      validateHandler(handler, check, lifecycleHandlers, grace),
    );
    within(check, lifecycle, 'preStop', (handler) =>
      validateHandler(handler, check, lifecycleHandlers, grace),
    );
  });
}

function validateReadinessProbe(probe: Mapping, check: Check, grace: Grace): void {
  validateProbe(probe, check, grace, undefined);
  if (numeric(probe, 'terminationGracePeriodSeconds') !== undefined)
    invalid(
      check,
      'terminationGracePeriodSeconds',
      probe['terminationGracePeriodSeconds'],
      'a readiness probe does not stop the container',
      'remove it',
    );
}

function validateProbe(
  probe: Mapping,
  check: Check,
  grace: Grace,
  successThreshold: number | undefined,
): void {
  validateHandler(probe, check, probeHandlers, grace);
  for (const key of probeNumbers) nonNegative(check, probe, key);
  const period = numeric(probe, 'terminationGracePeriodSeconds');
  if (period !== undefined && period <= 0)
    invalid(check, 'terminationGracePeriodSeconds', period, 'must be greater than 0');
  // The API server turns a threshold of 0 into 1.
  const successes = numeric(probe, 'successThreshold') || 1;
  if (successThreshold !== undefined && successes !== successThreshold && successes >= 0)
    invalid(
      check,
      'successThreshold',
      successes,
      'must be 1 for liveness and startup probes',
      'write 1, or remove it',
    );
}

function validateHandler(handler: Mapping, check: Check, kinds: readonly string[], grace: Grace): void {
  let first: string | undefined;
  for (const kind of kinds) {
    if (!isMapping(handler[kind])) continue;
    if (first !== undefined) {
      forbidden(check, kind, `there is already ${first}, and only one handler is allowed`);
      continue;
    }
    first = kind;
    within(check, handler, kind, (action) => validateAction(action, check, kind, grace));
  }
  if (first === undefined) required(check, [], `must have one of ${kinds.join(', ')}`);
}

function validateAction(action: Mapping, check: Check, kind: string, grace: Grace): void {
  if (kind === 'exec') {
    if (isEmpty(action, 'command')) required(check, 'command');
  } else if (kind === 'sleep') validateSleep(action, check, grace);
  else {
    validatePortNumberOrName(action, 'port', check);
    if (kind === 'httpGet') validateHttpGet(action, check);
  }
}

function validateHttpGet(action: Mapping, check: Check): void {
  const scheme = text(action, 'scheme');
  if (scheme !== '') supported(check, 'scheme', scheme, ['HTTP', 'HTTPS']);
  each(check, action, 'httpHeaders', (header) =>
    checkText(check, 'name', text(header, 'name'), httpHeaderName),
  );
}

function validateSleep(action: Mapping, check: Check, grace: Grace): void {
  const seconds = numeric(action, 'seconds') ?? 0;
  const least = check.minor >= 33 ? 0 : 1;
  if (seconds < least || seconds > grace.gracePeriod)
    invalid(
      check,
      'seconds',
      seconds,
      `must be between ${least} and terminationGracePeriodSeconds (${grace.gracePeriod})`,
    );
}
