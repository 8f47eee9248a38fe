import type { ReadFailure } from './file-system.ts';

/** The components of a path with every symbolic link followed, or why there are none. */
export type Followed = readonly string[] | ReadFailure;

/** What stands at a path itself: something that is no link, a link with its target as it is written, or why nothing does. */
export type Look = (parts: readonly string[]) => 'no-link' | { readonly target: string } | ReadFailure;

// As many as Linux follows before ELOOP.
const maxLinks = 40;

/** Follows links component by component and never out of the root; `rootPath` is how absolute links name it. Folders on the way are looked at once. */
export function followLinks(
  look: Look,
  rootPath: string,
): (start: readonly string[], path: string) => Followed {
  const lookOnTheWay = rememberLooks(look);
  return (start, path) => {
    const todo = path.split('/').reverse();
    const done = [...start];
    let links = 0;
    for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
      if (part === '' || part === '.') continue;
      if (part === '..') {
        if (done.pop() === undefined) return 'outside';
        continue;
      }
      const found = (todo.length === 0 ? look : lookOnTheWay)([...done, part]);
      if (found === 'no-link') {
        done.push(part);
        continue;
      }
      if (typeof found === 'string') return found;
      links += 1;
      if (links > maxLinks) return 'unreadable';
      const target = insideOf(found.target, rootPath);
      if (target === 'outside') return 'outside';
      if (target.isAbsolute) done.length = 0;
      todo.push(...target.parts.reverse());
    }
    return done;
  };
}

function rememberLooks(look: Look): Look {
  const known = new Map<string, ReturnType<Look>>();
  return (parts) => {
    const path = parts.join('/');
    const found = known.get(path) ?? look(parts);
    known.set(path, found);
    return found;
  };
}

function insideOf(target: string, rootPath: string): { parts: string[]; isAbsolute: boolean } | 'outside' {
  const prefix = rootPath === '/' ? '/' : `${rootPath}/`;
  if (target.startsWith(prefix)) return { parts: target.slice(prefix.length).split('/'), isAbsolute: true };
  if (target.startsWith('/') || /^[A-Za-z]:/.test(target)) return 'outside';
  return { parts: target.split('/'), isAbsolute: false };
}

/** Most paths share their folder with others, whose links are followed once. */
export function rememberFolders(
  follow: (start: readonly string[], path: string) => Followed,
): (path: string) => Followed {
  const folders = new Map<string, Followed>();
  const followFolder = (folder: string): Followed => {
    let known = folders.get(folder);
    if (known === undefined) {
      known = follow([], folder);
      folders.set(folder, known);
    }
    return known;
  };
  return (path) => {
    const slash = path.lastIndexOf('/');
    const folder = slash < 0 ? [] : followFolder(path.slice(0, slash));
    return typeof folder === 'string' ? folder : follow(folder, path.slice(slash + 1));
  };
}
