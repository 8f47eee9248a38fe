import type { LookingHost, OpenedRepository } from '../language-host.ts';

/** Milliseconds; not every editor tells what other programs do to files. */
const trusted = 30_000;

/** Opens folders, anew or as they were seen last. */
export interface Looks {
  anew(folder: string): OpenedRepository | undefined;
  /** For when only texts of the editor changed: everything else is as it was a moment ago. */
  again(folder: string): OpenedRepository | undefined;
}

interface Seen {
  readonly opened: OpenedRepository | undefined;
  readonly at: number;
  readonly head: string | undefined;
}

/** Keeps what was seen of folders, so that a keystroke costs no look at thousands of files. */
export function openLooks({ open }: Pick<LookingHost, 'open'>): Looks {
  const seen = new Map<string, Seen>();
  const anew: Looks['anew'] = (folder) => {
    const opened = open(folder);
    seen.set(folder, { opened, at: performance.now(), head: headOf(opened) });
    return opened;
  };
  return {
    anew,
    again(folder) {
      const known = seen.get(folder);
      return known !== undefined && isAsBefore(known) ? known.opened : anew(folder);
    },
  };
}

/** A checkout changes many files, and the commit with them. */
function isAsBefore({ opened, at, head }: Seen): boolean {
  return performance.now() - at < trusted && headOf(opened) === head;
}

function headOf(opened: OpenedRepository | undefined): string | undefined {
  return opened?.repository.commit('HEAD');
}
