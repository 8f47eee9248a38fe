import { plural } from '../../diagnostic/plural.ts';
import type { Step, StepName } from '../../diagnostic/step.ts';
import { place } from '../finding/place.ts';
import { visible } from '../visible.ts';

const words: Readonly<Record<StepName, string>> = {
  read: 'reading',
  build: 'building',
  admit: 'checking',
  rules: 'looking across objects',
  report: 'writing the report',
};

/** One line on what a run does, with the first of what it found; of that only the rule and the place, since words may hold secrets. */
export function progressLine({ name, what, at, errors = [] }: Step, width: number): string {
  const [first] = errors;
  const parts = [
    words[name],
    ...(at === undefined ? [] : [`${at[0]} of ${at[1]}`]),
    ...(what === undefined ? [] : [visible(what || '.')]),
    ...(first === undefined
      ? []
      : [
          `· ${plural(errors.length, 'error')} so far, the first: ${visible(first.rule)} in ${place(first.span)}`,
        ]),
  ].join(' ');
  return parts.length < width ? parts : `${parts.slice(0, Math.max(1, width - 2))}…`;
}
