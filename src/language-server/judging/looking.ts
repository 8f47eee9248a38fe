import type { OwnThread } from '../../source/thread.ts';
import { pathInside } from '../file-url.ts';
import type { LookingHost, OpenedRepository } from '../language-host.ts';
import { openFolder } from './judged-folder.ts';
import { type Looks, openLooks } from './last-look.ts';
import type { Asked, OpenText, Told } from './messages.ts';
import { foundByUri } from './published.ts';
import { nothingTold, stillFound, type ToldOf, withoutTwins } from './told.ts';

/** What a judging thread knows from its start. */
export interface Looking {
  readonly host: LookingHost;
  readonly tell: (told: Told) => void;
  readonly looks: Looks;
  /** What was told of each folder. */
  readonly told: Map<string, ToldOf>;
}

/** Answers one question after the other. */
export type Answering = (asked: Asked) => void;

/**
 * Serves a server: what was opened first is looked at before the rest of the tool is loaded, which takes as long as an editor takes to
 * ask, and answers from then on.
 */
export function serveLooking(
  thread: OwnThread,
  host: LookingHost,
  loadAnswering: (looking: Looking) => Promise<Answering>,
): void {
  const tell = (told: Told): void => thread.post(told);
  const looking: Looking = { host, tell, looks: openLooks(host), told: new Map() };
  let loading: Promise<Answering> | undefined;
  let loaded: Answering | undefined;
  thread.listen((message) => {
    const asked = message as Asked;
    if (loaded !== undefined) return loaded(asked);
    if (loading === undefined) {
      lookFirst(looking, asked);
      loading = loadAnswering(looking);
    }
    // In the order in which they were asked.
    void loading.then((answering) => {
      loaded = answering;
      answering(asked);
    });
  });
}

function lookFirst(looking: Looking, { id, question }: Asked): void {
  if (question.ask !== 'judge' || Atomics.load(new Int32Array(question.wanted), 0) !== id) return;
  const { folders, documents, first } = question;
  try {
    for (const folder of folders) {
      // What answers looks again, and asks Git as well.
      const opened = openFolder(looking.host, folder, documents);
      if (opened !== undefined)
        lookAtOpened(looking, [folder, opened], id, changedIn(opened, documents, first));
    }
  } catch {
    // Whoever answers the question looks again, and tells what stands in the way.
  }
}

/** The texts of a folder that were changed last. */
export function changedIn(
  { url }: OpenedRepository,
  documents: readonly OpenText[],
  first: readonly string[],
): OpenText[] {
  return documents.filter(({ uri }) => first.includes(uri) && pathInside(url, uri) !== undefined);
}

/** Looks at files each by itself, and tells what is found there beside what was found before. */
export function lookAtOpened(
  { host, tell, told }: Looking,
  [folder, opened]: readonly [folder: string, opened: OpenedRepository],
  to: number,
  changed: readonly OpenText[],
): void {
  const { url, path } = opened;
  for (const { uri, text } of changed) {
    const judgement = host.look(opened, pathInside(url, uri) ?? '');
    if (judgement === undefined) continue;
    const before = told.get(folder) ?? nothingTold();
    told.set(folder, before);
    before.overtaken.add(uri);
    const alone = foundByUri({ ...opened, judgement }, isOfFile).get(uri) ?? [];
    before.alone.set(uri, alone);
    const found = withoutTwins([...stillFound(before, uri, text), ...alone]);
    tell({ is: 'news', to, folder, url, path, isWhole: false, found: [[uri, found]] });
  }
}

/** What is found in a file by itself does not need the whole. */
const isOfFile = (): boolean => false;
