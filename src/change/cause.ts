import { lineStart } from '../diagnostic/line-start.ts';
import type { Span } from '../diagnostic/span.ts';
import { getPart, locateField, stepsOf } from '../object/provenance.ts';
import { type Resource, trackedObject } from '../object/resource.ts';
import { type Path, valueAt } from '../source/value.ts';
import type { Edits, Revision } from './edits.ts';

/** The edited line behind something that changes: of the head, or of the base where a line was taken away. */
export interface Cause {
  readonly span: Span;
  readonly revision: Revision;
  /** Where the file of a line of the base is gone: the line of the head that stands in the place of the one that listed it. */
  readonly near?: Span;
}

/** Equal for causes on one line. */
export function lineOf({ revision, span: { file, start } }: Cause): readonly (string | number)[] {
  return [revision, file.path, lineStart(file.text, start)];
}

/** One object in both revisions, as far as it is there, with the files that its builds read. */
export interface Versions {
  readonly base?: Resource;
  readonly head?: Resource;
  readonly inputs: readonly string[];
}

/**
 * The edited line that made a field differ: the last layer of the head that stands on an edited line, else the last of the base that
 * is gone, else that of the chart's version, else the first edit of its document, else of a file that the build reads. Undefined where
 * nothing that was looked at was edited.
 */
export function causeOf(path: Path, versions: Versions, edits: Edits): Cause | undefined {
  const { base, head, inputs } = versions;
  return (
    editedLayer(head, path, 'head', edits) ??
    editedLayer(base, path, 'base', edits) ??
    causeOfVersion(base, head, edits) ??
    editedDocument(head, 'head', edits) ??
    editedDocument(base, 'base', edits) ??
    firstEdit(inputs, edits)
  );
}

/** The first edited line of the document that an object is written in. */
export function editedDocument(
  resource: Resource | undefined,
  revision: Revision,
  edits: Edits,
): Cause | undefined {
  const span = resource && locateField(trackedObject(resource), []).span;
  const line = span && edits.within(revision, span);
  return line && { span: line, revision };
}

/** Whether an edited line is gone with its file, so that nothing of the head stands in its place. */
export function isGoneWithFile({ revision, span }: Cause, edits: Edits): boolean {
  return revision === 'base' && edits.near(span) === undefined;
}

/** The first edited line of the files, of the head before the base. */
export function firstEdit(files: readonly string[], edits: Edits): Cause | undefined {
  for (const revision of ['head', 'base'] as const)
    for (const file of files) {
      const span = edits.isChanged(file) ? edits.first(revision, file) : undefined;
      if (span !== undefined) return { span, revision };
    }
  return undefined;
}

/** Where a field stands in a revision, for want of an edit. */
export function placeOf(resource: Resource, path: Path, revision: Revision): Cause | undefined {
  const { span } = locateField(trackedObject(resource), path);
  return span && { span, revision };
}

function editedLayer(
  resource: Resource | undefined,
  path: Path,
  revision: Revision,
  edits: Edits,
): Cause | undefined {
  if (resource === undefined) return undefined;
  for (const { span } of layersAt(resource, asWritten(resource, path)).toReversed()) {
    const line = edits.within(revision, span);
    if (line !== undefined) return { span: line, revision };
  }
  return undefined;
}

/** The line that installs the chart of an object, where that was edited: another version of it may change everything. */
export function causeOfVersion(
  base: Resource | undefined,
  head: Resource | undefined,
  edits: Edits,
): Cause | undefined {
  return editedLine(head, 'head', edits) ?? editedLine(base, 'base', edits);
}

function editedLine(resource: Resource | undefined, revision: Revision, edits: Edits): Cause | undefined {
  for (const { span } of (resource?.chart?.lines ?? []).flatMap(stepsOf)) {
    const line = edits.within(revision, span);
    if (line !== undefined) return { span: line, revision };
  }
  return undefined;
}

/** The cluster has in `data` of a Secret what is written in `stringData`. */
function asWritten({ object }: Resource, path: Path): Path {
  const [field, ...rest] = path;
  const plain = ['stringData', ...rest];
  return field === 'data' && object['kind'] === 'Secret' && valueAt(object, plain) !== undefined
    ? plain
    : path;
}

/** The layers of a field, or of what is left of the way to it. */
function layersAt(resource: Resource, path: Path): ReturnType<typeof stepsOf> {
  let current = trackedObject(resource) as Parameters<typeof getPart>[0];
  for (const step of path) {
    const next = getPart(current, step);
    // Of a mapping that lacks the field every line is a layer: one that was edited for another field would be blamed.
    if (next === undefined) return [];
    current = next;
  }
  return stepsOf(current.origin);
}
