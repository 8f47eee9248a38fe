import { pathInside } from './file-url.ts';
import { type Knowledge, noKnowledge } from './judging/knowledge.ts';
import type {
  FolderGone,
  FolderKnowledge,
  FolderNews,
  FolderReadings,
  FoundHere,
} from './judging/messages.ts';
import type { Reading } from './judging/reading.ts';
import { openRangeShift, shiftBetween, type TextShift } from './text-shift.ts';

/** What the last judgement of a folder said, which answers while the next one is under way. */
export interface FinishedFolder {
  readonly folder: string;
  readonly url: string;
  readonly path: string;
  /** By URI. */
  readonly found: Map<string, Of<readonly FoundHere[]>>;
  readonly readings: Map<string, Of<Reading>>;
  /** What may be named; nothing before all was judged once. */
  knowledge(): Knowledge;
}

/** Something that was told of a text. */
interface Of<Told> {
  readonly told: Told;
  readonly text: string | undefined;
}

/** What is known of a file that the editor shows. */
export interface FinishedFile {
  readonly folder: FinishedFolder;
  /** Relative to the root of the repository. */
  readonly path: string;
  /** With ranges of the text as it is now. */
  readonly found: readonly FoundHere[];
  readonly reading: Reading | undefined;
  /** From the text that the reading is of to the one that is shown. */
  readonly shift: TextShift;
}

export interface Finished {
  /** The URIs whose findings are others now. */
  take(news: FolderNews | FolderReadings | FolderKnowledge | FolderGone): readonly string[];
  folders(): readonly FinishedFolder[];
  folder(name: string): FinishedFolder | undefined;
  /** What was found last in a file, wherever it is. */
  found(uri: string): readonly FoundHere[];
  /** Notes which texts a question is about. */
  asked(id: number, texts: ReadonlyMap<string, string>): void;
  file(uri: string, text: string): FinishedFile | undefined;
  /** The text of a file that its reading is of. */
  judgedText(uri: string): string | undefined;
}

const mostAsked = 50;

/** Keeps what was told; nothing here waits. */
export function newFinished(): Finished {
  const folders = new Map<string, FinishedFolder>();
  const asked = new Map<number, ReadonlyMap<string, string>>();
  // As it was told, until somebody asks.
  const known = new Map<string, string | Knowledge>();
  const textOf = (to: number, uri: string): string | undefined => asked.get(to)?.get(uri);

  function takeNews({ to, folder, url, path, found }: FolderNews): readonly string[] {
    const knowledge = (): Knowledge => knowledgeIn(folder);
    const known = folders.get(folder) ?? {
      folder,
      url,
      path,
      found: new Map(),
      readings: new Map(),
      knowledge,
    };
    folders.set(folder, known);
    for (const [uri, told] of found)
      if (told.length === 0) known.found.delete(uri);
      else known.found.set(uri, { told, text: textOf(to, uri) });
    return found.map(([uri]) => uri);
  }

  function knowledgeIn(folder: string): Knowledge {
    const found = known.get(folder);
    if (found === undefined) return noKnowledge;
    if (typeof found !== 'string') return found;
    const read = JSON.parse(found) as Knowledge;
    known.set(folder, read);
    return read;
  }

  function takeKnowledge({ folder, knowledge }: FolderKnowledge): readonly string[] {
    known.set(folder, knowledge);
    return [];
  }

  function takeReadings({ to, folder, readings }: FolderReadings): readonly string[] {
    const known = folders.get(folder);
    const before = new Map(known?.readings);
    known?.readings.clear();
    for (const [uri, told] of readings) {
      // What was known of an earlier text, while the one that is written is wrong.
      const kept = told.isFailing === true ? before.get(uri) : undefined;
      known?.readings.set(uri, kept ?? { told, text: textOf(to, uri) });
    }
    for (const id of asked.keys()) if (id < to) asked.delete(id);
    return [];
  }

  function forget({ folder }: FolderGone): readonly string[] {
    const known = folders.get(folder);
    folders.delete(folder);
    return [...(known?.found.keys() ?? [])];
  }

  return {
    take(news) {
      if (news.is === 'news') return takeNews(news);
      if (news.is === 'readings') return takeReadings(news);
      return news.is === 'knowledge' ? takeKnowledge(news) : forget(news);
    },
    folders: () => [...folders.values()],
    folder: (name) => folders.get(name),
    found: (uri) => [...folders.values()].flatMap((one) => one.found.get(uri)?.told ?? []),
    asked(id, texts) {
      asked.set(id, texts);
      // Of judgements that were called off nothing is told.
      for (const old of asked.keys()) if (old < id - mostAsked) asked.delete(old);
    },
    judgedText: (uri) => [...folders.values()].flatMap((one) => one.readings.get(uri)?.text ?? [])[0],
    file(uri, text) {
      for (const folder of folders.values()) {
        const path = pathInside(folder.url, uri);
        if (path !== undefined) return fileOf(folder, path, { uri, text });
      }
      return undefined;
    },
  };
}

function fileOf(
  folder: FinishedFolder,
  path: string,
  { uri, text }: { readonly uri: string; readonly text: string },
): FinishedFile {
  const found = folder.found.get(uri);
  const reading = folder.readings.get(uri);
  const shift = openRangeShift(found?.text ?? text, text);
  return {
    folder,
    path,
    found: (found?.told ?? []).map((one) => ({
      ...one,
      diagnostic: { ...one.diagnostic, range: shift(one.diagnostic.range) },
    })),
    reading: reading?.told,
    shift: shiftBetween(reading?.text ?? text, text),
  };
}
