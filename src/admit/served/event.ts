import type { Mapping } from '../../source/value.ts';
import { fields } from './draft.ts';

/** Fields of an Event as the core group and events.k8s.io call them (k8s.io/kubernetes 1.36 pkg/apis/events/v1/conversion.go). */
const names: readonly (readonly [core: string, other: string])[] = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
  ['reportingComponent', 'reportingController'],
];

/** Of these the core group writes down the empty ones, and the other one leaves them out. */
const alwaysInCore = ['reportingComponent', 'reportingInstance'];

/** An Event in the other group. */
export function convertEvent(event: Mapping, apiVersion: string): Mapping {
  const isCore = apiVersion === 'v1';
  const renamed = new Map(names.map(([core, other]) => (isCore ? [other, core] : [core, other])));
  const converted = fields({});
  for (const [key, value] of Object.entries(event)) {
    const isEmpty = value === '' && alwaysInCore.includes(key);
    if (isCore || !isEmpty) converted[renamed.get(key) ?? key] = value;
  }
  if (isCore) for (const key of alwaysInCore) converted[key] ??= '';
  converted['apiVersion'] = apiVersion;
  return converted;
}
