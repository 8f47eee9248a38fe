const longest = 2000;

// An anchor or a tag, a comment on its line, and no key between that and what is looked at.
const commentBefore = /[&!]\S*[ \t]+#[^\n]*\n(?:\s+|#[^\n]*\n|[-:?](?=\s)|[&!]\S*(?=\s))*$/;
const header = /^[|>][-+0-9]*[ \t]+#/;

/**
 * Whether kustomize writes the comment of the block scalar that starts here into its text: go-yaml v3.0 keeps the comment behind an anchor
 * or a tag for the scalar that follows it in a list, and has two for one line then.
 */
export function isWrittenIntoBlock(text: string, start: number): boolean {
  return (
    header.test(text.slice(start, start + longest)) &&
    commentBefore.test(text.slice(Math.max(0, start - longest), start))
  );
}

const comment = /[ \t\r\n]*#/y;

/** Whether nothing but white space stands between a place and a comment. */
export function isCommentBehind(text: string, at: number): boolean {
  comment.lastIndex = at;
  return comment.test(text);
}

const commentForValue = /[ \t\r\n]*:(?:[ \t]|[&!]\S*(?=[ \t]))*(?:,[ \t]*)?#/y;

/** Whether a key that ends here has a comment on its line, and no value before it. */
export function isCommentForValue(text: string, at: number): boolean {
  commentForValue.lastIndex = at;
  return commentForValue.test(text);
}

const commentBeforeComma = /[ \t]*\r?\n[ \t\r\n]*#[^\n]*\n(?:[ \t\r\n]|#[^\n]*\n)*,/y;
const commentBehindMark = /\?[ \t]*#[^\n]*\n(?:[ \t\r\n]|#[^\n]*\n)*$/;

/** Whether a comment stands on lines of its own between a value that ends here and the comma behind it. */
export function isCommentBeforeComma(text: string, at: number): boolean {
  commentBeforeComma.lastIndex = at;
  return commentBeforeComma.test(text);
}

/** Whether a comment stands between a question mark and the key that starts here. */
export function isCommentBehindMark(text: string, start: number): boolean {
  return (
    /[\n]\s*$/.test(text.slice(Math.max(0, start - 80), start)) &&
    commentBehindMark.test(text.slice(Math.max(0, start - longest), start))
  );
}

const commentBeforeColon = /[ \t]*#[^\n]*\n(?:[ \t\r\n]|#[^\n]*\n)*:/y;

/** Whether a comment stands between a key that ends here and its colon. */
export function isCommentBeforeColon(text: string, at: number): boolean {
  commentBeforeColon.lastIndex = at;
  return commentBeforeColon.test(text);
}
