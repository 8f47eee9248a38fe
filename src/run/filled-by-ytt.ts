import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { hasYttCode } from '../object/foreign-template.ts';
import type { Sources } from '../source/load.ts';
import { filesWithCommands } from '../survey/applied-by-commands.ts';
import type { Tree } from '../survey/tree.ts';

/** A key or an item without a value, and ytt's expression for it: `image: #@ data.values.image`. */
const filled = /^\s*(?:-\s+)*(?:["']?[\w./-]+["']?:)?\s*#@[ \t]+[\w"'([]/u;

/** A function or a part of a document that ytt alone reads: what follows may be no field of the object. */
const part = /^\s*#@[ \t]+(?:def|for|if)\b/mu;

/** What ytt merges the document below into. */
const overlay = /^\s*#@overlay\//u;

/**
 * Whether ytt sets a value that is missing here, takes out what is unknown here, or a document that is no object is an overlay of it. A
 * comment elsewhere in the file says nothing.
 */
export function isFilledByYtt({ rule, span: { file, start } }: Diagnostic): boolean {
  const { text } = file;
  const lineAt = (at: number): string =>
    text.slice(text.lastIndexOf('\n', at - 1) + 1).split('\n', 1)[0] ?? '';
  if (rule === 'required-field-missing' || rule === 'wrong-type') return filled.test(lineAt(start));
  if (rule === 'unknown-field') return part.test(text.slice(text.lastIndexOf('\n---', start) + 1, start));
  if (rule !== 'not-admitted') return false;
  const mark = text.lastIndexOf('\n---', start);
  return mark > 0 && overlay.test(lineAt(mark));
}

/** What runs ytt: a command, or an App of kapp-controller. */
const running = /\bytt\s+(?:-|template\b)|^\s*-\s+ytt:/mu;

/** Tells what is wrong with files that hold code of ytt, in a repository where a command or kapp-controller runs it. */
export function isRunThroughYttIn(
  { found }: Pick<Tree, 'found'>,
  sources: Sources,
): (diagnostic: Diagnostic) => boolean {
  let isRun: boolean | undefined;
  return ({ span: { file } }) => {
    if (!hasYttCode(file.text)) return false;
    isRun ??= [...filesWithCommands(sources, found), ...found.plainFiles, ...found.kustomizedFiles].some(
      (path) => running.test(sources.file(path)?.text ?? ''),
    );
    return isRun;
  };
}
