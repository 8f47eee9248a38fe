import type { JudgingHost, OpenedRepository } from '../language-host.ts';

/** Milliseconds; not every editor tells what other programs do to files. */
const trusted = 30_000;

/** Opens folders, anew or as they were seen last. */
export interface Looks {
  anew(folder: string): OpenedRepository | undefined;
  /** For when only texts of the editor changed: everything else is as it was a moment ago. */
  again(folder: string): OpenedRepository | undefined;
}

/** Keeps what was seen of folders, so that a keystroke costs no look at thousands of files. */
export function openLooks({ open }: Pick<JudgingHost, 'open'>): Looks {
  const seen = new Map<string, { readonly opened: OpenedRepository | undefined; readonly at: number }>();
  const anew: Looks['anew'] = (folder) => {
    const opened = open(folder);
    seen.set(folder, { opened, at: performance.now() });
    return opened;
  };
  return {
    anew,
    again(folder) {
      const known = seen.get(folder);
      return known === undefined || performance.now() - known.at > trusted ? anew(folder) : known.opened;
    },
  };
}
