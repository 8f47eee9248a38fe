import { writeBaseline } from '../../report/finding/baseline.ts';
import { pathInside, urlOf } from '../file-url.ts';
import type { JudgedFolder } from './judged-folder.ts';
import type { BaselineQuestion, FixAnswer } from './messages.ts';

/** The baseline file with one more finding in it, and all that it knew before. */
export function answerBaseline(
  folders: Iterable<JudgedFolder>,
  { uri, fingerprint }: BaselineQuestion,
  today: string,
): FixAnswer {
  for (const { url, judgement, fileSystem } of folders) {
    const { report } = judgement;
    const finding = report.findings.find((one) => one.fingerprint === fingerprint);
    if (pathInside(url, uri) === undefined || finding === undefined || report.baseline === undefined)
      continue;
    const { file } = report.baseline;
    const bytes = fileSystem.read(file);
    const lines = typeof bytes === 'string' ? 0 : new TextDecoder().decode(bytes).split('\n').length;
    const newText = writeBaseline({ ...report, findings: [finding] }, today);
    const range = { start: { line: 0, character: 0 }, end: { line: lines, character: 0 } };
    return { changes: { [urlOf(url, file)]: [{ range, newText }] } };
  }
  return { refused: 'the finding is gone' };
}
