import { makeNode, type YamlNode } from './node.ts';
import { parseEvents, type YamlEvent } from './parse-events.ts';
import { resolvedTag } from './resolved-tag.ts';
import { NoYaml } from './token.ts';

interface Composer {
  readonly events: Generator<YamlEvent, void>;
  next: YamlEvent | undefined;
  readonly anchors: Map<string, YamlNode>;
}

/** The first document of a text with its styles and comments; undefined where there is none or the text is no YAML. */
export function composeDocument(text: string): YamlNode | undefined {
  const composer: Composer = { events: parseEvents(text), next: undefined, anchors: new Map() };
  try {
    return peek(composer).type === 'stream-end' ? undefined : document(composer);
  } catch (error) {
    if (error instanceof NoYaml) return undefined;
    throw error;
  }
}

function peek(composer: Composer): YamlEvent {
  const { next = composer.events.next().value } = composer;
  if (next === undefined) throw new NoYaml();
  composer.next = next;
  return next;
}

function take(composer: Composer): YamlEvent {
  const event = peek(composer);
  composer.next = undefined;
  return event;
}

function document(composer: Composer): YamlNode {
  const { head } = take(composer);
  const content = [child(composer)];
  const { foot } = peek(composer);
  take(composer);
  return makeNode({ kind: 'document', content, head, foot });
}

function child(composer: Composer): YamlNode {
  const event = peek(composer);
  switch (event.type) {
    case 'alias':
      return alias(composer, event);
    case 'scalar':
      return scalar(composer, event);
    case 'mapping-start':
    case 'sequence-start':
      return collection(composer, event);
    default:
      throw new NoYaml();
  }
}

function alias(composer: Composer, { text, head, line, foot }: YamlEvent & { type: 'alias' }): YamlNode {
  const target = composer.anchors.get(text);
  if (target === undefined) throw new NoYaml();
  take(composer);
  return makeNode({ kind: 'alias', text, alias: target, head, line, foot });
}

function scalar(composer: Composer, event: YamlEvent & { type: 'scalar' }): YamlNode {
  const { text, style, tag, anchor, head, line, foot } = event;
  const implied = style !== 'plain' ? '!!str' : text === '<<' ? '!!merge' : resolvedTag(text);
  const node = makeNode({
    kind: 'scalar',
    text,
    style,
    anchor,
    head,
    line,
    foot,
    tag: tag || implied,
    isTagged: tag !== '',
  });
  noteAnchor(composer, node);
  take(composer);
  return node;
}

function noteAnchor({ anchors }: Composer, node: YamlNode): void {
  if (node.anchor !== '') anchors.set(node.anchor, node);
}

function collection(
  composer: Composer,
  event: YamlEvent & { type: 'mapping-start' | 'sequence-start' },
): YamlNode {
  const kind = event.type === 'mapping-start' ? 'mapping' : 'sequence';
  const { isFlow, tag, anchor, head } = event;
  const implied = kind === 'mapping' ? '!!map' : '!!seq';
  const node = makeNode({ kind, isFlow, anchor, head, tag: tag || implied, isTagged: tag !== '' });
  noteAnchor(composer, node);
  take(composer);
  if (kind === 'mapping') readEntries(composer, node);
  else while (peek(composer).type !== 'sequence-end') node.content.push(child(composer));
  const { line, foot } = peek(composer);
  node.line = line;
  node.foot = foot;
  const lastKey = node.content.at(-2);
  if (kind === 'mapping' && !isFlow && foot !== '' && lastKey !== undefined) {
    lastKey.foot = foot;
    node.foot = '';
  }
  take(composer);
  return node;
}

/** The comment below a value is kept at its key. */
function readEntries(composer: Composer, node: YamlNode): void {
  while (peek(composer).type !== 'mapping-end') {
    const key = child(composer);
    node.content.push(key);
    const previous = node.content.at(-3);
    if (!node.isFlow && key.foot !== '' && previous !== undefined) {
      previous.foot = key.foot;
      key.foot = '';
    }
    const value = child(composer);
    node.content.push(value);
    if (key.foot !== '' || value.foot === '') continue;
    key.foot = value.foot;
    value.foot = '';
  }
}
