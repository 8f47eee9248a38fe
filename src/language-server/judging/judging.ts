import type { Build } from '../../object/build.ts';
import { errorText } from '../../source/error-text.ts';
import { pathInside } from '../file-url.ts';
import type { JudgingHost, OpenedRepository } from '../language-host.ts';
import { answerBaseline } from './answer-baseline.ts';
import { answerDefinition } from './answer-definition.ts';
import { answerFix } from './answer-fix.ts';
import { answerReferences } from './answer-references.ts';
import { answerRename } from './answer-rename.ts';
import { answerRendered } from './answer-rendered.ts';
import { type JudgedFolder, openFolder } from './judged-folder.ts';
import { type Answering, changedIn, type Looking, lookAtOpened } from './looking.ts';
import type { Answers, JudgeQuestion, Question } from './messages.ts';
import { newTeller, type Teller } from './news.ts';

/** What a judging thread knows. */
interface Judging extends Looking {
  readonly host: JudgingHost;
  /** What was judged last, by folder. */
  readonly folders: Map<string, JudgedFolder>;
  readonly teller: Teller;
}

/** Answers whatever a server asks, one question after the other; all that it tells is plain data. */
export function openJudging(looking: Looking, host: JudgingHost): Answering {
  const judging: Judging = {
    ...looking,
    host,
    folders: new Map(),
    teller: newTeller(looking, host.needsWhole),
  };
  const { tell } = looking;
  return ({ id, question }) => {
    try {
      tell({ is: 'answer', id, answer: answer(judging, id, question) });
    } catch (error) {
      tell({ is: 'fault', id, words: errorText(error) });
    }
  };
}

function answer(judging: Judging, id: number, question: Question): Answers[keyof Answers] {
  if (question.ask === 'fix') return answerFix(judging.host, question);
  if (question.ask === 'baseline')
    return answerBaseline(judging.folders.values(), question, judging.host.today());
  if (question.ask === 'references') return answerReferences(judging.folders.values(), question);
  if (question.ask === 'definition') return answerDefinition(judging.folders.values(), question);
  if (question.ask === 'rename') return answerRename(judging, question);
  if (question.ask === 'rendered') return answerRendered(judging.folders.values(), question);
  return judgeAll(judging, id, question) ? 'done' : 'no longer needed';
}

/** Thrown out of a run that nobody waits for any more. */
class NoLongerWanted extends Error {}

/** Judges every folder: first what was changed last, everywhere, then all the rest. False where it was called off. */
function judgeAll(judging: Judging, id: number, question: JudgeQuestion): boolean {
  const wanted = new Int32Array(question.wanted);
  const isWanted = (): boolean => Atomics.load(wanted, 0) === id;
  forgetFolders(judging, question.folders);
  // Something newer is waiting already.
  if (!isWanted()) return false;
  try {
    const { again, anew } = judging.looks;
    const open = question.isTypedOnly ? again : anew;
    // Both look at the same files, which are read once.
    const opened = question.folders.map(
      (folder) => [folder, openFolder({ open }, folder, question.documents)] as const,
    );
    for (const one of opened) judgeChanged(judging, one, { ...question, id });
    for (const one of opened) judgeFolder(judging, one, { ...question, id, isWanted });
    return true;
  } catch (error) {
    if (error instanceof NoLongerWanted || !isWanted()) return false;
    throw error;
  }
}

type Opened = readonly [folder: string, opened: OpenedRepository | undefined];

function forgetFolders({ folders, tell, teller }: Judging, shown: readonly string[]): void {
  for (const folder of [...folders.keys()].filter((one) => !shown.includes(one))) {
    folders.delete(folder);
    teller.forget(folder);
    tell({ is: 'gone', folder });
  }
}

/** Judges the files that were changed last, each by itself and then what reads them, which is seen through: whoever types waits for it. */
function judgeChanged(
  judging: Judging,
  [folder, opened]: Opened,
  { id, documents, first }: JudgeQuestion & { readonly id: number },
): void {
  if (opened === undefined) return;
  const changed = changedIn(opened, documents, first);
  const touched = changed.flatMap(({ uri }) => pathInside(opened.url, uri) ?? []);
  if (touched.length === 0) return;
  lookAtOpened(judging, [folder, opened], id, changed);
  const judgement = judging.host.judge(opened, { touched, onStep: () => undefined });
  judging.teller.tellChanged(id, { ...opened, judgement, folder }, changed);
}

function judgeFolder(
  judging: Judging,
  [folder, opened]: Opened,
  { id, documents, isWanted }: JudgeQuestion & { readonly id: number; isWanted(): boolean },
): void {
  const { host, folders, tell, teller } = judging;
  if (opened === undefined) {
    folders.delete(folder);
    teller.forget(folder);
    tell({ is: 'gone', folder });
    return;
  }
  const judgement = host.judge(opened, {
    onStep: (step) => {
      if (!isWanted()) throw new NoLongerWanted();
      const { name, what = '', at } = step;
      tell({ is: 'doing', words: `${name} ${what}`.trim(), ...(at === undefined ? {} : { at }) });
    },
  });
  if (!isWanted()) throw new NoLongerWanted();
  const judged = { ...opened, judgement, folder };
  const builds = lastRendered(judgement.builds, folders.get(folder)?.judgement.builds);
  const known = { ...judged, judgement: { ...judgement, builds } };
  folders.set(folder, known);
  teller.tellWhole(id, judged, known, documents);
}

/** The builds, with what each rendered before it failed: most of what somebody types is wrong until it is finished. */
function lastRendered(
  builds: ReadonlyMap<string, Build>,
  before: ReadonlyMap<string, Build> | undefined,
): Map<string, Build> {
  return new Map(
    [...builds].map(([key, build]) => [
      key,
      build.resources.length > 0 ? build : (before?.get(key) ?? build),
    ]),
  );
}
