import type { YamlNode } from './node.ts';
import {
  bestIndent,
  newOutput,
  type Output,
  put,
  putBreak,
  writeFoot,
  writeHead,
  writeIndent,
  writeIndicator,
  writeLine,
} from './output.ts';
import { resolvedTag } from './resolved-tag.ts';
import type { ScalarStyle } from './token.ts';
import { type Analysis, analyse, writeScalar } from './write-scalar.ts';

/** Where a node stands. */
interface Place {
  readonly isInFlow: boolean;
  /** The item of a block list: what it holds is indented by the width of the dash. */
  readonly isItem: boolean;
  readonly isInMapping: boolean;
  readonly isSimpleKey: boolean;
  /** Called when the node, or the beginning of a collection, is written. */
  readonly onBegun: () => void;
}

/** The document as go-yaml v3.0.5 writes it with kustomize's settings: two spaces, dashes not indented. */
export function emitDocument(document: YamlNode): string {
  const output = newOutput();
  const [root] = document.content;
  output.head = document.head;
  if (output.head !== '') {
    writeHead(output);
    putBreak(output);
  }
  if (root !== undefined) {
    emitWithComments(output, root, {
      isInFlow: false,
      isItem: false,
      isInMapping: false,
      isSimpleKey: false,
    });
  }
  output.foot = document.foot || output.foot;
  output.footIndent = 0;
  writeFoot(output);
  output.footIndent = -1;
  writeIndent(output);
  return output.parts.join('');
}

function emitWithComments(output: Output, node: YamlNode, place: Omit<Place, 'onBegun'>): void {
  begin(output, node);
  writeHead(output);
  emitNode(output, node, { ...place, onBegun: () => writeComments(output) });
}

function writeComments(output: Output): void {
  writeLine(output);
  writeFoot(output);
}

/** Takes the comments of the event that a node begins with. */
function begin(output: Output, node: YamlNode): void {
  if (node.head !== '') output.head = node.head;
  if (node.kind === 'mapping' || node.kind === 'sequence') return;
  if (node.line !== '') output.line = node.line;
  if (node.foot !== '') output.foot = node.foot;
}

function end(output: Output, node: YamlNode, tail = ''): void {
  if (node.line !== '') output.line = node.line;
  if (node.foot !== '') output.foot = node.foot;
  if (tail !== '') output.tail = tail;
}

function emitNode(output: Output, node: YamlNode, place: Place): void {
  if (node.kind === 'alias') {
    writeIndicator(output, '*', { needsSpace: true });
    writeName(output, node.text);
    place.onBegun();
  } else if (node.kind === 'scalar') emitScalar(output, node, place);
  else emitCollection(output, node, place);
}

function writeName(output: Output, name: string): void {
  for (const char of name) put(output, char);
  output.isSpaced = false;
  output.isIndented = false;
}

function writeProperties(output: Output, node: YamlNode, tag: string): void {
  if (node.anchor !== '') {
    writeIndicator(output, '&', { needsSpace: true });
    writeName(output, node.anchor);
  }
  if (tag === '') return;
  if (!output.isSpaced) put(output, ' ');
  writeName(output, tag.startsWith('!') ? tag : `!<${tag}>`);
}

/** What the next level is indented by. */
function deeper(output: Output, { isItem }: Pick<Place, 'isItem'>, isFlow: boolean): number {
  const { indent } = output;
  if (indent < 0) return isFlow ? bestIndent : 0;
  return isItem ? indent + 2 : bestIndent * Math.floor((indent + bestIndent) / bestIndent);
}

function withIndent(output: Output, indent: number, write: () => void): void {
  const before = output.indent;
  output.indent = indent;
  write();
  output.indent = before;
}

function emitScalar(output: Output, node: YamlNode, place: Place): void {
  const { tag, isForced } = scalarTag(node);
  const analysis = analyse(node.text);
  const style = fittingStyle(wantedStyle(node, isForced), analysis, node.text, place);
  writeProperties(output, node, tag);
  withIndent(output, deeper(output, place, true), () => writeScalar(output, node.text, style));
  place.onBegun();
}

/** The tag that has to be written, and whether quotes have to say that the scalar is a text. */
function scalarTag({ tag, isTagged, style, text }: YamlNode): { tag: string; isForced: boolean } {
  if (tag === '' || isTagged) return { tag, isForced: false };
  if (tag === '!!str' && style !== 'plain') return { tag: '', isForced: false };
  const implied = resolvedTag(text);
  if (implied === tag) return { tag: '', isForced: false };
  return tag === '!!str' ? { tag: '', isForced: true } : { tag, isForced: false };
}

function wantedStyle({ style, text }: YamlNode, isForced: boolean): ScalarStyle {
  if (style !== 'plain') return style;
  if (text.includes('\n')) return 'literal';
  return isForced ? 'double' : 'plain';
}

function fittingStyle(wanted: ScalarStyle, analysis: Analysis, text: string, place: Place): ScalarStyle {
  const { isInFlow, isSimpleKey } = place;
  let style: ScalarStyle = isSimpleKey && analysis.isMultiline ? 'double' : wanted;
  if (style === 'plain') {
    const isAllowed = isInFlow ? analysis.flowPlain : analysis.blockPlain;
    if (!isAllowed || (text === '' && (isInFlow || isSimpleKey))) style = 'single';
  }
  if (style === 'single' && !analysis.single) return 'double';
  const isBlock = style === 'literal' || style === 'folded';
  return isBlock && (!analysis.block || isInFlow || isSimpleKey) ? 'double' : style;
}

function emitCollection(output: Output, node: YamlNode, place: Place): void {
  const implied = node.kind === 'mapping' ? '!!map' : '!!seq';
  writeProperties(output, node, !node.isTagged && (node.tag === implied || node.tag === '') ? '' : node.tag);
  place.onBegun();
  const isFlow = place.isInFlow || node.isFlow || node.content.length === 0;
  if (node.kind === 'mapping') {
    if (isFlow) emitFlowMapping(output, node, place);
    else emitBlockMapping(output, node, place);
  } else if (isFlow) emitFlowSequence(output, node, place);
  else emitBlockSequence(output, node, place);
}

function hasComment({ line, foot, tail }: Output): boolean {
  return line !== '' || foot !== '' || tail !== '';
}

const inFlow = { isInFlow: true, isItem: false } as const;

/** In flow style a comma stands before the comment, and none is written again. */
function writeFlowComments(output: Output): void {
  if (hasComment(output)) writeIndicator(output, ',');
  writeComments(output);
}

function emitFlowSequence(output: Output, node: YamlNode, place: Place): void {
  writeIndicator(output, '[', { needsSpace: true, isSpace: true });
  withIndent(output, deeper(output, place, true), () => {
    let needsComma = false;
    for (const item of node.content) {
      begin(output, item);
      if (needsComma) writeIndicator(output, ',');
      writeHead(output);
      if (output.column === 0) writeIndent(output);
      needsComma = !hasComment(output);
      const onBegun = () => writeFlowComments(output);
      emitNode(output, item, { ...inFlow, isInMapping: false, isSimpleKey: false, onBegun });
    }
    end(output, node);
  });
  if (output.column === 0) writeIndent(output);
  writeIndicator(output, ']');
  writeComments(output);
}

function emitFlowMapping(output: Output, node: YamlNode, place: Place): void {
  writeIndicator(output, '{', { needsSpace: true, isSpace: true });
  withIndent(output, deeper(output, place, true), () => {
    let needsComma = false;
    forEachEntry(node, (key, value, tail) => {
      begin(output, key);
      if (tail !== '') output.tail = tail;
      if (needsComma) writeIndicator(output, ',');
      writeHead(output);
      if (output.column === 0) writeIndent(output);
      const isSimple = isSimpleKey(key);
      if (!isSimple) writeIndicator(output, '?', { needsSpace: true });
      emitNode(output, key, { ...inFlow, isInMapping: true, isSimpleKey: isSimple, onBegun: () => {} });
      begin(output, value);
      writeIndicator(output, ':', { needsSpace: !isSimple });
      needsComma = !hasComment(output);
      const onBegun = () => writeFlowComments(output);
      emitNode(output, value, { ...inFlow, isInMapping: true, isSimpleKey: false, onBegun });
    });
    end(output, node, lastFoot(node));
    const endsWithComment = output.head !== '' || output.foot !== '' || output.tail !== '';
    if (endsWithComment && needsComma) writeIndicator(output, ',');
    writeHead(output);
  });
  writeIndicator(output, '}');
  writeComments(output);
}

/** Each key and value, and the foot comment of the key before, which comes after all of its value. */
function forEachEntry(node: YamlNode, visit: (key: YamlNode, value: YamlNode, tail: string) => void): void {
  let tail = '';
  for (let at = 0; at + 1 < node.content.length; at += 2) {
    const key = node.content[at] as YamlNode;
    visit({ ...key, foot: '' }, node.content[at + 1] as YamlNode, tail);
    tail = key.foot;
  }
}

function lastFoot(node: YamlNode): string {
  return node.content.at(-2)?.foot ?? '';
}

function isSimpleKey(key: YamlNode): boolean {
  if (key.kind === 'mapping' || key.kind === 'sequence') return key.content.length === 0;
  if (key.kind === 'scalar' && analyse(key.text).isMultiline) return false;
  return new TextEncoder().encode(key.anchor + scalarTag(key).tag + key.text).length <= 128;
}

function emitBlockSequence(output: Output, node: YamlNode, place: Place): void {
  const isCompact = place.isInMapping && (output.column === 0 || !output.isIndented) && output.indent >= 0;
  withIndent(output, deeper(output, place, false) - (isCompact ? 2 : 0), () => {
    for (const item of node.content) {
      begin(output, item);
      writeHead(output);
      writeIndent(output);
      writeIndicator(output, '-', { needsSpace: true, isIndentation: true });
      const onBegun = () => writeComments(output);
      emitNode(output, item, {
        isInFlow: false,
        isItem: true,
        isInMapping: false,
        isSimpleKey: false,
        onBegun,
      });
    }
    end(output, node);
  });
}

function emitBlockMapping(output: Output, node: YamlNode, place: Place): void {
  withIndent(output, deeper(output, place, false), () => {
    forEachEntry(node, (key, value, tail) => {
      if (tail !== '') output.tail = tail;
      emitBlockKey(output, key);
      emitBlockValue(output, value, isSimpleKey(key));
    });
    end(output, node, lastFoot(node));
    writeHead(output);
  });
}

const inBlock = { isInFlow: false, isItem: false, isInMapping: true } as const;

function emitBlockKey(output: Output, key: YamlNode): void {
  begin(output, key);
  writeHead(output);
  writeIndent(output);
  if (output.line !== '') {
    output.keyLine = output.line;
    output.line = '';
  }
  const isSimple = isSimpleKey(key);
  if (!isSimple) writeIndicator(output, '?', { needsSpace: true, isIndentation: true });
  emitNode(output, key, { ...inBlock, isSimpleKey: isSimple, onBegun: () => {} });
}

function emitBlockValue(output: Output, value: YamlNode, isSimple: boolean): void {
  begin(output, value);
  if (isSimple) writeIndicator(output, ':');
  else {
    writeIndent(output);
    writeIndicator(output, ':', { needsSpace: true, isIndentation: true });
  }
  placeKeyComment(output, value);
  emitNode(output, value, { ...inBlock, isSimpleKey: false, onBegun: () => writeComments(output) });
}

/** The comment of a key whose value stands below it. */
function placeKeyComment(output: Output, value: YamlNode): void {
  if (output.keyLine === '') return;
  if (value.kind === 'scalar') {
    if (output.line !== '') return;
    output.line = output.keyLine;
    output.keyLine = '';
    return;
  }
  if (value.isFlow || value.kind === 'alias') return;
  const { line } = output;
  output.line = output.keyLine;
  writeLine(output);
  output.keyLine = line;
}
