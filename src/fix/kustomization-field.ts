import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Edit, Fix } from '../diagnostic/fix.ts';
import type { Span } from '../diagnostic/span.ts';
import { childIndex, keyAt, type PositionedNode, spanAt } from '../source/position.ts';
import { type FieldLines, fieldLines, isKeyAlone, shiftLines } from './block-lines.ts';
import { columnOf, insertion, lineEnd, lineEnding, lineStart } from './edit-text.ts';
import type { FileFixer } from './fixer.ts';
import { childrenOf } from './set-field.ts';

/** Writes what kustomize 5 wants in the place of a deprecated field. Nothing else may change what is rendered. */
export const replaceKustomizationField: FileFixer = (finding, { sources }) => {
  const { documents } = sources.load(finding.span.file.path, 'api-server');
  const [document] = documents;
  if (document === undefined || documents.length > 1) return undefined;
  const root = { positions: document.positions, index: 0 };
  const index = childrenOf(root).find((child) => contains(spanAt(root.positions, child, 'whole'), finding));
  const field = index === undefined ? undefined : keyAt(root.positions, index);
  if (index === undefined || field === undefined) return undefined;
  const made = replacementOf(root, index, field, finding);
  if (made === undefined || made.edits.length === 0) return undefined;
  const { file } = root.positions;
  return { ...made, changes: [], region: { file, start: 0, end: file.text.length } };
};

type Made = Pick<Fix, 'description' | 'edits'> | undefined;

function replacementOf(root: PositionedNode, index: number, field: string, finding: Diagnostic): Made {
  const node = { ...root, index };
  switch (field) {
    case 'bases':
      return moveItems(root, field, 'resources', 'end', noEdits);
    case 'imageTags':
      return moveItems(root, field, 'images', 'end', noEdits);
    case 'patchesStrategicMerge':
      return moveItems(root, field, 'patches', 'front', patchEntries(node));
    case 'patchesJson6902':
      return moveItems(root, field, 'patches', 'end', noEdits);
    case 'commonLabels':
      return labelsEntry(root, node);
    case 'configMapGenerator':
    case 'secretGenerator':
      return environmentFiles(node, finding.span);
    default:
      return undefined;
  }
}

const noEdits: readonly Edit[] = [];

/** Renames the list, or moves its items into the one that is there; undefined where `within` the items cannot be changed. */
function moveItems(
  root: PositionedNode,
  from: string,
  to: string,
  place: 'front' | 'end',
  within: readonly Edit[] | undefined,
): Made {
  if (within === undefined) return undefined;
  const { positions } = root;
  const old = childIndex(positions, 0, from);
  const present = childIndex(positions, 0, to);
  if (present < 0) {
    const key = spanAt(positions, old, 'key');
    return { description: `replace ${from} with ${to}`, edits: [{ span: key, text: to }, ...within] };
  }
  const [source, target] = [fieldLines(root, from), fieldLines(root, to)];
  if (source === undefined || target === undefined || !isKeyAlone(source) || !isKeyAlone(target))
    return undefined;
  const [column, wanted] = [dashColumn(source), dashColumn(target)];
  if (column === undefined || wanted === undefined) return undefined;
  const { text } = positions.file;
  const moved = shiftLines(rewritten(text, source.content, source.end, within), wanted - column);
  if (moved === undefined) return undefined;
  const comments = shiftLines(text.slice(source.start, source.keyLine), wanted) ?? '';
  const at = place === 'front' ? target.content : target.end;
  return {
    description: `move the entries of ${from} to ${to}`,
    edits: [putLines(root, at, comments + moved), removal(source)],
  };
}

/** `- path: FILE` for a file, `- patch: |` for a text; undefined where an item is written in another way. */
function patchEntries(list: PositionedNode): readonly Edit[] | undefined {
  const { positions, index } = list;
  const { text } = positions.file;
  if (text[spanAt(positions, index).start] === '[') return undefined;
  const edits: Edit[] = [];
  for (const item of childrenOf(list)) {
    const span = spanAt(positions, item);
    const written = text.slice(span.start, span.end);
    const isBlock = /^[|>]/u.test(written);
    if (!isBlock && written.includes('\n')) return undefined;
    edits.push(insertion(span, span.start, isBlock ? 'patch: ' : 'path: '));
    if (!isBlock) continue;
    // With a digit the header counts the spaces itself.
    if (/^[|>][-+]?\d/u.test(written)) return undefined;
    for (
      let line = text.indexOf('\n', span.start) + 1;
      line > 0 && line < span.end;
      line = text.indexOf('\n', line) + 1
    )
      if (text.slice(line, lineEnd(text, line)).trim() !== '') edits.push(insertion(span, line, '  '));
  }
  return edits;
}

/** An entry under `labels` that does to selectors and templates what `commonLabels` does. */
function labelsEntry(root: PositionedNode, node: PositionedNode): Made {
  const { positions } = root;
  const { text } = positions.file;
  const newline = lineEnding(text);
  const source = fieldLines(root, 'commonLabels');
  const target = childIndex(positions, 0, 'labels') < 0 ? undefined : fieldLines(root, 'labels');
  const column = target === undefined ? usualDash(root) : dashColumn(target);
  if (source === undefined || column === undefined) return undefined;
  const indent = ' '.repeat(column);
  const pairs = pairsText(source, node, column);
  if (pairs === undefined) return undefined;
  const entry = `${indent}- pairs:${pairs}${indent}  includeSelectors: true${newline}`;
  const description = 'replace commonLabels with labels and includeSelectors';
  if (target === undefined && childIndex(positions, 0, 'labels') < 0) {
    const span = { file: positions.file, start: source.keyLine, end: source.end };
    return { description, edits: [{ span, text: `labels:${newline}${entry}` }] };
  }
  if (target === undefined || !isKeyAlone(target)) return undefined;
  const comments = shiftLines(text.slice(source.start, source.keyLine), column) ?? '';
  return { description, edits: [putLines(root, target.end, comments + entry), removal(source)] };
}

/** What stands behind `pairs:`, up to and with the end of its last line. */
function pairsText(
  source: FieldLines,
  { positions, index }: PositionedNode,
  column: number,
): string | undefined {
  const { text } = positions.file;
  const newline = lineEnding(text);
  const value = spanAt(positions, index);
  const first = childrenOf({ positions, index })[0];
  if (text[value.start] === '{') {
    const rest = text.slice(value.start, source.end);
    return rest.includes('\n', value.end - value.start + 1) && rest.trimEnd().includes('\n')
      ? undefined
      : ` ${rest.trimEnd()}${newline}`;
  }
  if (first === undefined || !isKeyAlone(source)) return undefined;
  const key = spanAt(positions, first, 'key');
  if (key.start < source.content) return undefined;
  const lines = text.slice(source.content, source.end).trimEnd() + newline;
  const moved = shiftLines(lines, column + 4 - columnOf(text, key.start));
  return moved === undefined ? undefined : newline + moved;
}

/** `envs`, which is a list. */
function environmentFiles(list: PositionedNode, { start }: Span): Made {
  const { positions } = list;
  for (const index of childrenOf(list)) {
    const child = childIndex(positions, index, 'env');
    if (child < 0 || childIndex(positions, index, 'envs') >= 0) continue;
    const value = spanAt(positions, child);
    if (start < spanAt(positions, child, 'whole').start || start > value.end) continue;
    const edits = [
      { span: spanAt(positions, child, 'key'), text: 'envs' },
      insertion(value, value.start, '['),
      insertion(value, value.end, ']'),
    ];
    return { description: 'replace env with envs', edits };
  }
  return undefined;
}

function contains({ start, end }: Span, { span }: Diagnostic): boolean {
  return start <= span.start && span.start <= end;
}

/** Where the dashes of a block list stand. */
function dashColumn({ node, content }: FieldLines): number | undefined {
  const { positions } = node;
  const { text } = positions.file;
  const first = childrenOf(node)[0];
  if (first === undefined) return undefined;
  const { start } = spanAt(positions, first, 'whole');
  const line = lineStart(text, start);
  const dash = /^( *)- +/u.exec(text.slice(line, start));
  return line < content || dash === null ? undefined : (dash[1] ?? '').length;
}

/** Where this file puts its dashes. */
function usualDash(root: PositionedNode): number {
  for (const child of childrenOf(root)) {
    const field = keyAt(root.positions, child);
    const lines = field === undefined ? undefined : fieldLines(root, field);
    const column = lines === undefined ? undefined : dashColumn(lines);
    if (column !== undefined) return column;
  }
  return 2;
}

function rewritten(text: string, start: number, end: number, edits: readonly Edit[]): string {
  let result = '';
  let at = start;
  for (const edit of edits) {
    result += text.slice(at, edit.span.start) + edit.text;
    at = edit.span.end;
  }
  return result + text.slice(at, end);
}

/** Lines put before the line at `offset`, or behind the last one. */
function putLines({ positions: { file } }: PositionedNode, offset: number, lines: string): Edit {
  const newline = lineEnding(file.text);
  const whole = lines.endsWith('\n') ? lines : lines + newline;
  const isBehindText = offset > 0 && file.text[offset - 1] !== '\n';
  return insertion({ file }, offset, isBehindText ? newline + whole.slice(0, -newline.length) : whole);
}

function removal({ node, start, end }: FieldLines): Edit {
  return { span: { file: node.positions.file, start, end }, text: '' };
}
