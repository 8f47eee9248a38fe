/** An address without protocol, user and ending. */
export function plainAddress(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/^[a-z+]+:\/\//u, '')
    .replace(/^[^@/]*@/u, '')
    .replace(/^([^/:]+):(?:[0-9]+\/)?/u, '$1/')
    .replace(/\/+$/u, '')
    .replace(/\.git$/u, '');
}

/** Whether two addresses name one repository, whatever protocol and user they say. */
export function sameRepository(a: string, b: string): boolean {
  return plainAddress(a) === plainAddress(b);
}

/** The host that an address names, in small letters; undefined where it names none. */
export function hostOf(url: string): string | undefined {
  const rest = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?([^/:?#]+)/iu.exec(url.trim())?.[1];
  return rest?.includes('.') || rest === 'localhost' ? rest.toLowerCase() : undefined;
}

/**
 * Where the folder of what was fetched keeps what comes from an address: its host and path as directories. Undefined for an address
 * that is none, or that would lead out of the folder.
 */
export function directoryOfAddress(url: string): string | undefined {
  const address = plainAddress(url).replace(/[?#].*/u, '');
  const steps = address.split('/');
  const isSafe = steps.every((step) => /^[\w.+~-]+$/u.test(step) && !/^\.+$/u.test(step));
  return hostOf(url) !== undefined && isSafe ? address : undefined;
}
