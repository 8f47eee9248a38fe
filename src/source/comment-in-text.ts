const longest = 2000;

// An anchor or a tag, a comment on its line, and no key between that and what is looked at.
const commentBefore = /[&!]\S*[ \t]+#[^\n]*\n(?:\s|#[^\n]*\n|[-:?](?=\s)|[&!]\S*(?=\s))*$/;
const header = /^[|>][-+0-9]*[ \t]+#/;

/**
 * Whether kustomize writes the comment of the block scalar that starts here into its text: go-yaml v3.0 keeps the comment behind an anchor
 * or a tag for the scalar that follows it in a list, and has two for one line then.
 */
export function isWrittenIntoBlock(text: string, start: number): boolean {
  const above = text.slice(Math.max(0, start - longest), start);
  if (isCommentInHeader(text, start) && commentBefore.test(above)) return true;
  const before = commentBefore.exec(above.replace(key, ''))?.[0] ?? '';
  return before.split(commentOfProperty).length > 2;
}

/** Whether a comment stands on the first line of the block scalar that starts here. */
export function isCommentInHeader(text: string, start: number): boolean {
  return header.test(text.slice(start, start + longest));
}

const key = /(?:[^\s#&!][^\n#]*|\?[ \t]+[^\n#]*\n[ \t]*):[ \t]+$/;

const commentOfProperty = /[&!]\S*[ \t]+#/;

const comment = /[ \t\r\n]*#/y;

/** Whether nothing but white space stands between a place and a comment. */
export function isCommentBehind(text: string, at: number): boolean {
  comment.lastIndex = at;
  return comment.test(text);
}

const commentOfKey = /^[ \t]*:?[ \t]*#|^(?:[ \t]*#[^\n]*)?\n(?:\s|#[^\n]*\n)*:[ \t]*#/;

/** Whether a comment stands on the line of the key that ends here, or of its colon. */
export function isCommentOnKey(text: string, end: number): boolean {
  return commentOfKey.test(text.slice(end, end + longest));
}

/**
 * Whether a comment stands on the line of an anchor or a tag above the key that starts here: it is that of the first key below, as those
 * take none (yaml_parser_parse_node of go-yaml v3.0), and waits for the next block behind keys whose values are in flow style.
 */
export function isBelowProperty(text: string, start: number): boolean {
  return isBelow(text, start, (line) => isWithoutKey(line) || flowValue.test(line));
}

/** Whether it is the comment of this key, the first one below. */
export function isFirstBelowProperty(text: string, start: number): boolean {
  return isBelow(text, start, isWithoutKey);
}

function isBelow(text: string, start: number, passes: (line: string) => boolean): boolean {
  const lines = text.slice(Math.max(0, start - longest), start).split('\n');
  const before = lines.pop() ?? '';
  if (!keyIndentation.test(before)) return false;
  const last = lines.findLast((line) => !passes(line));
  return last !== undefined && commentOfBlock.test(last) && columnOf(before) >= columnOf(last);
}

const nextLine = /^[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n)*([^\n]*)/;

/** Whether no key, or no item of a list, follows in the block of the one at `start`, of which nothing but a comment follows at `end`. */
export function isLastInBlock(text: string, start: number, end: number, isItem: boolean): boolean {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const next = nextLine.exec(text.slice(end, end + longest))?.[1] ?? '';
  return (isItem ? columnOf(next) : next.search(/\S|$/)) < columnOf(line);
}

function columnOf(line: string): number {
  return line.search(/[^\s?-]|$/);
}

const propertiesAlone = /^[\s?-]*(?:[&!]\S*(?:\s+|$))*$/;
// An anchor or a tag may stand before the key itself.
const keyIndentation = /^[\s?-]*(?:[&!]\S*[ \t]+)*$/;
const commentOfBlock = /(?:^\s*|:[ \t]+|(?:^|\s)[-?][ \t]+)(?:[&!]\S*[ \t]+)+#/;
const flowValue = /^[^#[\]{},]*:[ \t]+(?:[&!]\S*[ \t]+)?[[{][^#]*[\]}][ \t]*(?:#.*)?$/;

function isWithoutKey(line: string): boolean {
  return propertiesAlone.test(line) || /^\s*#/.test(line);
}

/** Whether a comment follows on the line on which something ends. */
export function isCommentOnLine(text: string, end: number): boolean {
  return /^[ \t]*#/.test(text.slice(end, end + longest));
}

const commentBeforeColon = /^[ \t]*#[^\n]*\n(?:[ \t\r\n]|#[^\n]*\n)*:/;

/** Whether go-yaml v3.0 writes a comment between the colon of a key in flow style and its map or list (yaml_emitter_emit_flow_mapping_value). */
export function isCommentOfKey(text: string, [start, end]: readonly [number, number], from: number): boolean {
  if (commentBeforeColon.test(text.slice(end, end + longest))) return true;
  const between = text.slice(Math.max(from, start - longest), start);
  return between.includes('#') && holdsFreeComment(between);
}

const part = /#[^\n]*|\n|[:,?]|[&!][^\s,]*/g;

/**
 * Whether a comment on the line of something waits for the next key: that of a colon, a tag or a question mark, because what is not there takes none, and that of
 * a comma behind a comment that waits itself (yaml_parser_unfold_comments).
 */
function holdsFreeComment(between: string): boolean {
  let owner = '';
  let isOnLine = true;
  let isWaiting = false;
  for (const { 0: found, index } of between.matchAll(part)) {
    if (found === '\n') isOnLine = false;
    else if (!found.startsWith('#')) {
      isOnLine = true;
      if (found !== ',') [owner, isWaiting] = [found, false];
    } else if (!isOnLine) isWaiting ||= owner !== '' || !isFoot(between, index);
    else if (owner !== '' || isWaiting) return true;
  }
  return false;
}

const foot = /^[ \t\r]*\n[ \t]*#(?:[^\n]*\n[ \t]*#)*[^\n]*\n[ \t\r]*\n/;

/** Comments directly below a value, with an empty line behind them, are the value's. */
function isFoot(between: string, index: number): boolean {
  return index < (foot.exec(between)?.[0].length ?? 0);
}
