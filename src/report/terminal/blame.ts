import type { Span } from '../../diagnostic/span.ts';
import { wholeLine as maskedLine, sourceLine } from '../finding/code-frame.ts';
import { lineColumn } from '../finding/line-column.ts';
import { visible } from '../visible.ts';

/** One layer of a value's history. */
export interface BlameStep {
  readonly by: string;
  readonly span: Span;
}

/** One line of a rendered object with the layers of the value in it, the oldest first. */
export interface BlameLine {
  readonly text: string;
  readonly steps: readonly BlameStep[];
  readonly takesComment: boolean;
}

/** Like `git blame`: in front of each line the place that set its value last. */
export function blameReport(lines: readonly BlameLine[]): string {
  const places = lines.map(({ steps }) => placeOf(steps.at(-1)));
  const width = Math.max(0, ...places.map((place) => place.length));
  return lines
    .map(({ text }, index) => `${(places[index] ?? '').padEnd(width)} │ ${visible(text)}\n`)
    .join('');
}

/** The rendered text with the place that set each value as a comment behind it; still the same YAML. */
export function originsReport(lines: readonly BlameLine[]): string {
  return lines
    .map(({ text, steps, takesComment }) => {
      const place = placeOf(steps.at(-1));
      return takesComment && place !== '' ? `${text}  # ${visible(place)}\n` : `${text}\n`;
    })
    .join('');
}

/** One field with every layer that had a part in it, the oldest first. */
export interface BlameHistory {
  readonly field: string;
  readonly missingIn?: string;
  readonly value: string;
  readonly steps: readonly BlameStep[];
}

/** Every layer of one value, the oldest first, with the source line of each, secrets masked. */
export function historyReport(
  { field, missingIn, value, steps }: BlameHistory,
  secrets: readonly Span[],
): string {
  const places = steps.map(placeOf);
  const width = Math.max(0, ...places.map((place) => place.length));
  const rows = steps.map((step, index) => {
    return `  ${(places[index] ?? '').padEnd(width)} │ ${maskedLine(step.span, secrets)}\n`;
  });
  const state =
    missingIn === undefined
      ? value === ''
        ? ''
        : `: ${visible(value)}`
      : ` is not set; its parent ${visible(missingIn)} comes from`;
  return `${visible(field)}${state}\n${rows.join('')}`;
}

/** The layers of one value without the value, secrets masked: for whoever did not ask for the object as it is. */
export function layersReport({ field, missingIn, steps }: BlameHistory, secrets: readonly Span[]): string {
  const places = steps.map(placeOf);
  const width = Math.max(0, ...places.map((place) => place.length));
  const rows = steps.map((step, index) => {
    return `  ${(places[index] ?? '').padEnd(width)} │ ${sourceLine(step.span, secrets, 100)}\n`;
  });
  const state = missingIn === undefined ? '' : ` is not set; its parent ${visible(missingIn)} comes from`;
  return `${visible(field)}${state}\n${rows.join('')}`;
}

/** `apps/web.yaml:8 patches`. */
export function placeOf(step: BlameStep | undefined): string {
  if (step === undefined) return '';
  return `${step.span.file.path}:${lineColumn(step.span.file, step.span.start).line} ${step.by}`;
}
