import type { Look } from './follow-links.ts';

/**
 * Names as a cluster's checkout has them. The file systems of Windows and macOS find `Base` where `base` is, and Windows `a.yaml` by `a.yaml.`,
 * `A~1.YAM` and `a.yaml::$DATA` as well: there a name counts only as its folder lists it.
 */
export function exactNames(look: Look, namesIn: (parts: readonly string[]) => readonly string[]): Look {
  const listed = new Map<string, ReadonlySet<string>>();
  const namesOf = (parts: readonly string[]): ReadonlySet<string> => {
    const folder = parts.join('/');
    const known = listed.get(folder) ?? new Set(namesIn(parts).map(composed));
    listed.set(folder, known);
    return known;
  };
  return (parts) => {
    const name = parts.at(-1);
    if (name === undefined || namesOf(parts.slice(0, -1)).has(composed(name))) return look(parts);
    return 'missing';
  };
}

/** Whether a folder is found by its name in other letters too, told by the first name in it that has letters. */
export function foldsCase(names: readonly string[], isThere: (name: string) => boolean): boolean {
  const name = names.find((one) => otherCase(one) !== one);
  return name !== undefined && !names.includes(otherCase(name)) && isThere(otherCase(name));
}

function otherCase(name: string): string {
  return name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
}

// macOS may list a letter and its accent as two characters where Git has one.
function composed(name: string): string {
  return name.normalize('NFC');
}
