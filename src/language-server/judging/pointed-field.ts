import type { Span } from '../../diagnostic/span.ts';
import type { Build } from '../../object/build.ts';
import { getAt, stepsOf } from '../../object/provenance.ts';
import { type Resource, trackedObject } from '../../object/resource.ts';
import type { FileSystem } from '../../source/file-system.ts';
import type { Path } from '../../source/value.ts';
import { stepsOf as pointerSteps } from '../completion/operation-paths.ts';
import { patchFileIn } from '../completion/patch-target.ts';
import { cursorAt } from '../yaml/cursor.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { entryAround, type Stretch } from '../yaml/entry.ts';
import { objectsIn } from '../yaml/objects.ts';
import { childAt, type OutlineNode, textAt } from '../yaml/outline-node.ts';
import { selectionOf } from './selection.ts';

/** A place in the text of a file. */
export interface TextPlace {
  readonly path: string;
  readonly text: string;
  readonly offset: number;
}

/** Where the field was first written that the path of a JSON 6902 operation points at. */
export function pointedField(builds: readonly Build[], files: FileSystem, place: TextPlace): Span[] {
  const { path, text, offset } = place;
  const cursor = cursorAt(text, offset);
  const [item, field] = cursor?.path ?? [];
  if (cursor?.role !== 'value' || cursor.path.length !== 2 || (field !== 'path' && field !== 'from'))
    return [];
  const target = targetOf(cursor, files, path);
  const isSelected = target && selectionOf(target);
  const own = entryAround(text, path, offset);
  if (isSelected === undefined || own === undefined) return [];
  const pointer = pointerSteps(textAt(cursor.outline.root, item ?? 0, field) ?? '');
  const readers = builds.filter(({ inputs }) => inputs.includes(path));
  return readers
    .flatMap(({ resources }) => resources.filter(isSelected))
    .flatMap((resource) => {
      const found = firstWritten(resource, pointer, { path, own });
      return found.length > 0 ? found : removedField(resource, pointer);
    });
}

function targetOf({ within }: Cursor, files: FileSystem, path: string): OutlineNode | undefined {
  if (within === undefined) return patchFileIn(files, path)?.node;
  const entry = within.around.parent;
  return entry && childAt(entry, 'target');
}

/** Where a field comes from, but for the operation itself. */
function firstWritten(
  resource: Resource,
  pointer: Path,
  { path, own }: { readonly path: string; readonly own: Stretch },
): Span[] {
  const found = getAt(trackedObject(resource), pointer);
  const isOwn = ({ file, start, end }: Span): boolean =>
    file.path === path && own.start <= start && end <= own.end;
  return found === undefined
    ? []
    : stepsOf(found.origin)
        .map(({ span }) => span)
        .filter((span) => !isOwn(span))
        .slice(0, 1);
}

/** Where a field that a patch removes stands in the document that the object was first written in. */
function removedField({ origin }: Resource, pointer: Path): Span[] {
  const [first] = stepsOf(origin);
  if (first === undefined) return [];
  const { file, start } = first.span;
  const document = objectsIn(file.text).findLast(
    ({ outline, lines }) => (lines[outline.first]?.start ?? 0) <= start,
  );
  const node = document && childAt(document.outline.root, ...pointer);
  return node === undefined ? [] : [{ file, start: node.start, end: node.end }];
}
