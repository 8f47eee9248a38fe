import { pathInside } from '../file-url.ts';
import { openRangeShift } from '../text-shift.ts';
import { kindsOf } from './folder-kinds.ts';
import type { JudgedFolder } from './judged-folder.ts';
import { knowledgeOf } from './knowledge.ts';
import { meantBy } from './meant-parts.ts';
import type { FoundHere, OpenText, Told } from './messages.ts';
import { foundByUri, foundNowhere } from './published.ts';
import { type Reading, readingOf } from './reading.ts';

/** Tells what a judgement says that the one before did not. */
export interface Teller {
  /** Of a look at one file alone: what it found there, beside what was found before. */
  tellFirst(to: number, judged: Judged, changed: OpenText): void;
  /** Of a run that looked at what was changed alone: what it found in those files, and what it cannot have found. */
  tellChanged(to: number, judged: Judged, changed: readonly OpenText[]): void;
  /** `known` has what each build rendered before it failed. */
  tellWhole(to: number, judged: Judged, known: JudgedFolder, open: readonly OpenText[]): void;
  forget(folder: string): void;
}

/** A folder as the editor names it, judged. */
export interface Judged extends JudgedFolder {
  readonly folder: string;
}

/** What was told of a folder when all of it was judged. */
interface ToldOf {
  readonly found: Map<string, readonly FoundHere[]>;
  /** The texts that it was told of, by URI. */
  readonly texts: ReadonlyMap<string, string>;
  /** URIs of which something else was told since. */
  readonly overtaken: Set<string>;
  /** What was found in files by themselves, by URI; it holds as long as no build gets as far as the file. */
  readonly alone: Map<string, readonly FoundHere[]>;
  readonly knowledge: string;
  /** In words, what no file can show. */
  readonly problems: ReadonlySet<string>;
}

/** `needsWhole` says of a rule whether it finds nothing in a part. */
export function newTeller(tell: (told: Told) => void, needsWhole: (rule: string) => boolean): Teller {
  const folders = new Map<string, ToldOf>();
  return {
    forget: (folder) => void folders.delete(folder),
    tellFirst(to, judged, { uri, text }) {
      const { folder, url, path } = judged;
      const before = folders.get(folder) ?? nothingTold();
      folders.set(folder, before);
      before.overtaken.add(uri);
      const alone = foundByUri(judged, needsWhole).get(uri) ?? [];
      before.alone.set(uri, alone);
      const found = withoutTwins([...stillFound(before, uri, text), ...alone]);
      tell({ is: 'news', to, folder, url, path, isWhole: false, found: [[uri, found]] });
    },
    tellChanged(to, judged, changed) {
      const { folder, url, path } = judged;
      const all = foundByUri(judged, needsWhole);
      const before = folders.get(folder) ?? nothingTold();
      folders.set(folder, before);
      const found = changed.map(({ uri, text }) => {
        before.overtaken.add(uri);
        const still = stillFound(before, uri, text).filter((one) => one.needsWhole);
        return [
          uri,
          withoutTwins([...still, ...unread(judged, before, uri), ...(all.get(uri) ?? [])]),
        ] as const;
      });
      tell({ is: 'news', to, folder, url, path, isWhole: false, found });
    },
    tellWhole(to, judged, known, open) {
      const { folder, url, path } = judged;
      const found = foundByUri(judged, needsWhole);
      const before = folders.get(folder) ?? nothingTold();
      for (const { uri } of open) {
        const alone = unread(judged, before, uri);
        if (alone.length > 0) found.set(uri, withoutTwins([...alone, ...(found.get(uri) ?? [])]));
      }
      const texts = new Map(open.map(({ uri, text }) => [uri, text]));
      tell({ is: 'news', to, folder, url, path, isWhole: true, found: changesOf(before, found) });
      tell({ is: 'readings', to, folder, readings: readingsOf(judged, open) });
      const knowledge = JSON.stringify(knowledgeOf(known));
      const problems = new Set(foundNowhere(judged));
      for (const words of problems) if (!before.problems.has(words)) tell({ is: 'problem', words });
      if (before.knowledge !== knowledge) tell({ is: 'knowledge', folder, knowledge });
      folders.set(folder, { found, texts, overtaken: new Set(), alone: before.alone, knowledge, problems });
    },
  };
}

/** Of a folder of which not all was judged yet. */
function nothingTold(): ToldOf {
  return {
    found: new Map(),
    texts: new Map(),
    overtaken: new Set(),
    alone: new Map(),
    knowledge: '',
    problems: new Set(),
  };
}

/** The findings of files that have others than before. */
function changesOf(
  before: ToldOf,
  now: ReadonlyMap<string, readonly FoundHere[]>,
): [string, readonly FoundHere[]][] {
  const uris = new Set([...before.found.keys(), ...before.overtaken, ...now.keys()]);
  return [...uris].flatMap((uri) => {
    const found = now.get(uri) ?? [];
    const isSame =
      !before.overtaken.has(uri) && JSON.stringify(before.found.get(uri) ?? []) === JSON.stringify(found);
    return isSame ? [] : [[uri, found] as [string, readonly FoundHere[]]];
  });
}

/** What was found in a file by itself, where no build got as far as to read it. */
function unread({ url, judgement }: Judged, { alone }: ToldOf, uri: string): readonly FoundHere[] {
  const found = alone.get(uri) ?? [];
  const path = found.length === 0 ? undefined : pathInside(url, uri);
  if (path === undefined) return [];
  return [...judgement.builds.values()].some(({ inputs }) => inputs.includes(path)) ? [] : found;
}

/** What was found in all of the folder, where it stands in a text as it is now. */
function stillFound({ found, texts }: ToldOf, uri: string, text: string): FoundHere[] {
  const shift = openRangeShift(texts.get(uri) ?? text, text);
  return (found.get(uri) ?? []).map((one) => ({
    ...one,
    diagnostic: { ...one.diagnostic, range: shift(one.diagnostic.range) },
  }));
}

function withoutTwins(found: readonly FoundHere[]): FoundHere[] {
  return [...new Map(found.map((one) => [`${one.rule} ${one.fingerprint}`, one])).values()];
}

function readingsOf(judged: JudgedFolder, open: readonly OpenText[]): [string, Reading][] {
  const { url, judgement } = judged;
  const { builds, report } = judgement;
  const around = { kinds: kindsOf(judged), builds: [...builds.values()] };
  return open.flatMap(({ uri }) => {
    const path = pathInside(url, uri);
    if (path === undefined) return [];
    return [[uri, readingOf(around.builds, path, report.secrets, (field) => meantBy(field, around))]];
  });
}
