import { pathInside } from '../file-url.ts';
import { kindsOf } from './folder-kinds.ts';
import type { Judged, JudgedFolder } from './judged-folder.ts';
import { knowledgeOf } from './knowledge.ts';
import type { Looking } from './looking.ts';
import { meantBy } from './meant-parts.ts';
import type { FoundHere, OpenText } from './messages.ts';
import { foundByUri, foundNowhere } from './published.ts';
import { type Reading, readingOf } from './reading.ts';
import { nothingTold, stillFound, type ToldOf, withoutTwins } from './told.ts';

/** Tells what a judgement says that the one before did not. */
export interface Teller {
  /** Of a run that looked at what was changed alone: what it found in those files, and what it cannot have found. */
  tellChanged(to: number, judged: Judged, changed: readonly OpenText[]): void;
  /** `known` has what each build rendered before it failed. */
  tellWhole(to: number, judged: Judged, known: JudgedFolder, open: readonly OpenText[]): void;
  forget(folder: string): void;
}

/** `needsWhole` says of a rule whether it finds nothing in a part. */
export function newTeller(
  { tell, told: folders }: Pick<Looking, 'tell' | 'told'>,
  needsWhole: (rule: string) => boolean,
): Teller {
  return {
    forget: (folder) => void folders.delete(folder),
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
