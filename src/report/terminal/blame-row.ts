import { plural } from '../../diagnostic/plural.ts';
import type { ChangeRow, FieldChange, ObjectChange } from '../change-report.ts';
import { visible } from '../visible.ts';
import { type BlameStep, placeOf } from './blame.ts';

/** A field that differs, with the layers of its value in both revisions. */
export interface FieldOrigins {
  readonly field: FieldChange;
  readonly before: readonly BlameStep[];
  readonly after: readonly BlameStep[];
}

export interface ObjectOrigins {
  readonly object: ObjectChange;
  readonly fields: readonly FieldOrigins[];
}

/** The objects of a row, with each field that differs and the lines that set it, the oldest first. */
export function rowOriginsReport(row: ChangeRow, origins: readonly ObjectOrigins[]): string {
  const more = row.objects.length - origins.length;
  return [
    `${row.severity}  ${visible(row.title)}`,
    ...origins.flatMap(objectLines),
    ...(more > 0 ? [`and ${plural(more, 'more object')}`] : []),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function objectLines({ object, fields }: ObjectOrigins): string[] {
  const { cluster, kind, namespace, name, actions, moreFields = 0 } = object;
  const full = namespace === undefined ? name : `${namespace}/${name}`;
  return [
    `  ${visible(`${cluster}: ${kind} ${full}: ${actions.join(', ')}`)}`,
    ...fields.flatMap(fieldLines),
    ...(moreFields > 0 ? [`    and ${plural(moreFields, 'more field')}`] : []),
  ];
}

function fieldLines({ field, before, after }: FieldOrigins): string[] {
  return [
    `    ${visible(field.path)}`,
    ...revisionLines('base', field.before, before),
    ...revisionLines('head', field.after, after),
  ];
}

function revisionLines(revision: string, value: string | undefined, steps: readonly BlameStep[]): string[] {
  if (value === undefined && steps.length === 0) return [];
  const shown = value === undefined ? '' : ` ${visible(value.replaceAll(/\s+/gu, ' '))}`;
  return [`      ${revision}${shown}`, ...steps.map((step) => `        ${visible(placeOf(step))}`)];
}
