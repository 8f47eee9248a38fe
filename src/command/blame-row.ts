import { blamedField } from '../build/blame.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../object/resource.ts';
import type { FieldChange, ObjectChange } from '../report/change-report.ts';
import { type FieldOrigins, type ObjectOrigins, rowOriginsReport } from '../report/terminal/blame-row.ts';
import type { RunJudgement } from '../run/judge.ts';
import { type ExitCode, type Io, say } from './io.ts';
import type { Invocation } from './options.ts';
import { type NamedRows, namedRows } from './rows-of-change.ts';

/** Prints each field that differs in the objects of a row, with the lines that set it in both revisions. */
export function blameRows(invocation: Invocation, io: Io): ExitCode {
  const found = namedRows(invocation, io);
  if (found === undefined) return 2;
  return say(io, found.rows.map((row) => rowOriginsReport(row, originsOf(row.objects, found))).join('\n'));
}

const mostObjects = 20;

function originsOf(objects: readonly ObjectChange[], { base, head }: NamedRows): ObjectOrigins[] {
  return objects.slice(0, mostObjects).map((object) => {
    const [old, now] = [resourceOf(object, base), resourceOf(object, head)];
    const fields = object.fields ?? [wholeObject];
    return { object, fields: fields.map((field) => fieldOrigins(field, old, now)) };
  });
}

/** What is created or deleted stands for itself: its name says where. */
const wholeObject: FieldChange = { path: 'metadata.name' };

function fieldOrigins(
  field: FieldChange,
  old: Resource | undefined,
  now: Resource | undefined,
): FieldOrigins {
  const stepsIn = (resource: Resource | undefined): FieldOrigins['before'] =>
    (resource && blamedField(resource, field.path)?.steps) ?? [];
  return { field, before: stepsIn(old), after: stepsIn(now) };
}

/** The object in a revision, rendered from its root where that can be told. */
function resourceOf(wanted: ObjectChange, { tree }: RunJudgement): Resource | undefined {
  const found = tree.units.flatMap(({ build }) =>
    build.resources.filter((one) => isSame(one, wanted)).map((resource) => ({ resource, root: build.root })),
  );
  return (found.find(({ root }) => root === wanted.root) ?? found[0])?.resource;
}

function isSame({ object }: Resource, { apiVersion, kind, namespace = '', name }: ObjectChange): boolean {
  const own = groupVersionKind(object);
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return (
    own.kind === kind && own.group === group && nameOf(object) === name && namespaceOf(object) === namespace
  );
}
