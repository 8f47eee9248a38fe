// Patterns would look for the end of each of many openings that nothing closes.

/** Whether a text holds a variable such as `${NAME}`. */
export function hasVariable(text: string): boolean {
  for (let at = text.indexOf('${'); at >= 0; ) {
    const end = text.indexOf('}', at + 2);
    if (end < 0) return false;
    if (end > at + 2) return true;
    at = text.indexOf('${', end);
  }
  return false;
}

/** Whether a text holds an action of a template, as `{{ .Name }}` is. */
export function hasAction(text: string): boolean {
  const start = text.indexOf('{{');
  return start >= 0 && text.lastIndexOf('}}') >= start + 2;
}

/** A text up to the last closing brace, and what follows, in which each opening one stays open. */
export function cutLastBrace(text: string): readonly [closed: string, open: string] {
  const end = text.lastIndexOf('}') + 1;
  return [text.slice(0, end), text.slice(end)];
}
