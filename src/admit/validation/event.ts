import type { Mapping, Value } from '../../source/value.ts';
import { type Check, invalid, required } from './check.ts';
import { has, numeric, struct, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Subdomain, pathSegment, qualifiedName } from './names.ts';

/** How the two versions call the same fields. */
interface EventNames {
  readonly object: string;
  readonly controller: string;
  readonly message: string;
}

const coreNames: EventNames = {
  object: 'involvedObject',
  controller: 'reportingComponent',
  message: 'message',
};
const newNames: EventNames = { object: 'regarding', controller: 'reportingController', message: 'note' };

export function validateEvent(event: Mapping, check: Check): void {
  const isCore = text(event, 'apiVersion') === 'v1';
  const names = isCore ? coreNames : newNames;
  validateMetadata(event, check, { namespaced: true, name: isCore ? pathSegment : dns1123Subdomain });
  validateNamespaces(event, names, check);
  if (has(event, 'eventTime')) validateNewFields(event, names, check);
  if (!isCore) validateStrictly(event, check);
}

/** An event stands beside the object that it is about, or in `default` where that has no namespace. */
function validateNamespaces(event: Mapping, { object }: EventNames, check: Check): void {
  const namespace = text(struct(event, 'metadata'), 'namespace') || 'default';
  const other = text(struct(event, object), 'namespace');
  const allowed = has(event, 'eventTime') ? ['default', 'kube-system'] : ['default'];
  const isFine = other === '' ? allowed.includes(namespace) : has(event, 'eventTime') || other === namespace;
  if (!isFine)
    invalid(check, [object, 'namespace'], other, `must be the namespace of the event (${namespace})`);
}

function validateNewFields(event: Mapping, { controller, message }: EventNames, check: Check): void {
  const name = text(event, controller);
  if (name === '') required(check, controller);
  else checkText(check, controller, name, qualifiedName);
  for (const key of ['reportingInstance', 'action', 'reason']) {
    if (text(event, key) === '') required(check, key);
    reportLength(event, key, 128, check);
  }
  reportLength(event, message, 1024, check);
}

function validateStrictly(event: Mapping, check: Check): void {
  if (!has(event, 'eventTime')) required(check, 'eventTime');
  const type = text(event, 'type');
  if (type !== 'Normal' && type !== 'Warning') invalid(check, 'type', type, 'must be Normal or Warning');
  const series = struct(event, 'series');
  if (series !== undefined) {
    if ((numeric(series, 'count') ?? 0) < 2)
      invalid(check, ['series', 'count'], numeric(series, 'count') ?? 0, 'must be at least 2');
    if (!has(series, 'lastObservedTime')) required(check, ['series', 'lastObservedTime']);
  }
  for (const key of ['deprecatedFirstTimestamp', 'deprecatedLastTimestamp'])
    if (has(event, key)) invalid(check, key, event[key], 'must not be set');
  if ((numeric(event, 'deprecatedCount') ?? 0) !== 0)
    invalid(check, 'deprecatedCount', event['deprecatedCount'], 'must not be set');
  const source = struct(event, 'deprecatedSource');
  if (text(source, 'component') !== '' || text(source, 'host') !== '')
    invalid(check, 'deprecatedSource', source as Value, 'must not be set');
}

function reportLength(event: Mapping, key: string, limit: number, check: Check): void {
  if (text(event, key).length > limit)
    invalid(check, key, text(event, key), `must have at most ${limit} characters`);
}
