import type { ChangedPlace, ChangeRow } from '../report/change-report.ts';
import type { Edits } from './edits.ts';
import { type ReasonId, reasonOf } from './reasons.ts';

/** What is said of an edited file by itself. */
interface Said extends Pick<ChangeRow, 'severity' | 'title'> {
  readonly reason: ReasonId;
}

/** A row for an edited file, at the first line that the edit touches. */
export function rowOfFile(
  file: string,
  { reason, severity, title }: Said,
  edits: Edits,
  digest: (text: string) => string,
): ChangeRow {
  const place = placeIn(file, edits);
  return {
    digest: digest(`${reason} ${file}`).slice(0, 12),
    reason,
    severity,
    title,
    ...(place === undefined ? {} : { place }),
    clusters: [],
    objects: [],
    pods: 0,
    details: [],
    why: reasonOf(reason).why,
    safe: [],
  };
}

/** The first edited line of a file; undefined where it has no lines. */
export function placeIn(file: string, edits: Edits): ChangedPlace | undefined {
  const [head, base] = [edits.first('head', file), edits.first('base', file)];
  if (head !== undefined) return { span: head, revision: 'head' };
  return base && { span: base, revision: 'base' };
}
