import { text } from '../validation/fields.ts';
import { immutable, type Update } from './update.ts';

const frozen: readonly string[] = [
  'regarding',
  'reason',
  'note',
  'type',
  'eventTime',
  'action',
  'related',
  'reportingController',
  'reportingInstance',
  'deprecatedSource',
  'deprecatedFirstTimestamp',
  'deprecatedLastTimestamp',
  'deprecatedCount',
];

/** Of an event only its series changes (`ValidateEventUpdate` of 1.36); the older versions let everything pass. */
export function validateEventUpdate(update: Update): void {
  if (text(update.next, 'apiVersion') !== 'events.k8s.io/v1') return;
  for (const field of frozen) immutable(update, [field]);
}
