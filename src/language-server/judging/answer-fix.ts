import type { TextEdit } from 'vscode-languageserver';
import type { Fix } from '../../diagnostic/fix.ts';
import type { Fixable } from '../../fix/prove.ts';
import { rangeOf } from '../editor-range.ts';
import { pathInside } from '../file-url.ts';
import type { JudgingHost } from '../language-host.ts';
import { type JudgedFolder, openFolder, uriOf } from './judged-folder.ts';
import type { FixAnswer, FixQuestion } from './messages.ts';

/** The edit of a fix, of the texts as they are now and proven with them. */
export function answerFix(
  host: JudgingHost,
  { uri, fingerprint, folders, documents }: FixQuestion,
): FixAnswer {
  for (const folder of folders) {
    const opened = openFolder(host, folder, documents);
    if (opened === undefined || pathInside(opened.url, uri) === undefined) continue;
    const judged = { ...opened, judgement: host.judge(opened, { onStep: () => undefined }) };
    const fixable = fixableOf(judged, fingerprint);
    if (fixable === undefined) return { refused: 'the finding is gone' };
    const why = host.refute(opened.fileSystem, opened.path, fixable);
    return why === undefined ? { changes: changesOf(judged, fixable.fix) } : { refused: why };
  }
  return { refused: 'the finding is gone' };
}

/** The finding that an action was made for, where it is still there and still has a fix. */
function fixableOf({ judgement }: JudgedFolder, fingerprint: string): Fixable | undefined {
  const finding = judgement.report.findings.find((one) => one.fingerprint === fingerprint);
  return finding?.fix === undefined ? undefined : { finding, fix: finding.fix };
}

/** The edits by file, as the protocol has them. */
function changesOf(judged: JudgedFolder, { edits }: Fix): Record<string, TextEdit[]> {
  const changes = new Map<string, TextEdit[]>();
  for (const { span, text } of edits) {
    const uri = uriOf(judged, span.file.path);
    changes.set(uri, [...(changes.get(uri) ?? []), { range: rangeOf(span), newText: text }]);
  }
  return Object.fromEntries(changes);
}
