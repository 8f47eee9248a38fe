import type { Span } from '../../diagnostic/span.ts';
import type { ChangedPlace, ChangeReport, ChangeRow, ObjectChange } from '../change-report.ts';
import { lineColumn } from '../finding/line-column.ts';

// A reader ignores properties that it does not know, and refuses another major version (as Terraform's plan says of itself).
const formatVersion = '1.0';

/** What a change does, as data. */
export function changeOf(change: ChangeReport): object {
  const { base, head, summary, builds, clusters, rows, objects } = change;
  return {
    format_version: formatVersion,
    base,
    head,
    summary,
    builds,
    clusters,
    objects: objects.map((one) => ({ ...objectOf(one), fields: one.fields, more_fields: one.moreFields })),
    rows: rows.map(rowOf),
  };
}

function objectOf(object: ObjectChange): object {
  const { cluster, owner, previousOwner, root, apiVersion, kind, namespace, name } = object;
  const { actions, reason, severity } = object;
  return {
    cluster,
    owner,
    previousOwner,
    root,
    apiVersion,
    kind,
    namespace,
    name,
    actions,
    reason,
    severity,
  };
}

function rowOf(row: ChangeRow): object {
  const { digest, reason, severity, title, place, clusters, objects, pods, details, why, link, safe } = row;
  const { further, acknowledged, protected: protectedBy } = row;
  return {
    digest,
    reason,
    severity,
    title,
    location: place && locationOf(place),
    further_locations: further?.map(locationOf),
    clusters,
    objects: objects.map(objectOf),
    pods,
    details,
    why,
    link,
    acknowledged,
    protected: protectedBy,
    safe: safe.map((step) => ({ text: step.text, location: step.place && locationOf(step.place) })),
  };
}

function locationOf({ span, revision }: ChangedPlace): object {
  return { revision, ...rangeOf(span) };
}

function rangeOf({ file, start, end }: Span): object {
  const from = lineColumn(file, start);
  const to = lineColumn(file, Math.max(start, end));
  return { file: file.path, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}
