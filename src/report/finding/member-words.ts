import type { Finding } from '../report.ts';
import type { Cause } from './cause.ts';
import { objectLabel } from './object-label.ts';
import { releaseWords } from './release-words.ts';

/** What is said of a member of a cause next to its place: what neither the title nor the other members say. */
export function memberWords({ findings: [first, ...others] }: Cause): (finding: Finding) => string {
  const isOneMessage = others.every(({ message }) => message === first.message);
  const isOneRule = others.every(({ rule }) => rule === first.rule);
  const isOneField = others.every(({ field }) => field === first.field);
  return (finding) => {
    const words = ownWords(finding, { isOneMessage, isOneRule, isOneField });
    const release = releaseWords(finding);
    return release === '' ? words : words === '' ? release : `${words} (${release})`;
  };
}

/** What all members have in common. */
interface Alike {
  readonly isOneMessage: boolean;
  readonly isOneRule: boolean;
  readonly isOneField: boolean;
}

function ownWords({ rule, message, object, field }: Finding, alike: Alike): string {
  if (!alike.isOneMessage) return alike.isOneRule ? message : `${rule}: ${message}`;
  if (object === undefined) return '';
  return alike.isOneField || field === undefined ? objectLabel(object) : `${objectLabel(object)}: ${field}`;
}
