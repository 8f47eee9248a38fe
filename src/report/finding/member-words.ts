import type { Finding } from '../report.ts';
import type { Cause } from './cause.ts';
import { objectLabel } from './object-label.ts';

/** What is said of a member of a cause next to its place: what neither the title nor the other members say. */
export function memberWords({ findings: [first, ...others] }: Cause): (finding: Finding) => string {
  const isOneMessage = others.every(({ message }) => message === first.message);
  const isOneRule = others.every(({ rule }) => rule === first.rule);
  const isOneField = others.every(({ field }) => field === first.field);
  return ({ rule, message, object, field }) => {
    if (!isOneMessage) return isOneRule ? message : `${rule}: ${message}`;
    if (object === undefined) return '';
    return isOneField || field === undefined ? objectLabel(object) : `${objectLabel(object)}: ${field}`;
  };
}
