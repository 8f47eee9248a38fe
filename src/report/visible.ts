// C0, DEL, C1; soft hyphen; Arabic letter mark; zero-width and direction marks; line and paragraph separators; bidi
// embeddings, overrides and isolates; invisible operators; variation selectors' neighbours BOM and interlinear marks;
// tag characters; lone surrogates.
export const invisible =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\u{e0001}|[\u{e0020}-\u{e007f}]|\p{Cs}/gu;

const short: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** Text from outside, made safe to print on one line: what a terminal or a reader's eye would not see is spelled out. */
export function visible(text: string): string {
  return text.replace(invisible, spell);
}

/** The same for a text of many lines, whose ends and tabs stay. */
export function visibleLines(text: string): string {
  return text.replace(invisible, (found) => (/[\n\r\t]/u.test(found) ? found : spell(found)));
}

function spell(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return short.get(character) ?? `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

/**
 * Lines that GitHub's runner will not take for a workflow command: it looks for `::` at the start of a line, blanks
 * aside, and for `##[` anywhere in it (actions/runner, ActionCommand.cs).
 */
export function guardWorkflowCommands(text: string): string {
  return text.replace(/^([^\S\n]*):(?=:)/gmu, '$1: ').replace(/##(?=\[)/gu, '# #');
}
