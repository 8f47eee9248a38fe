import type { Edit } from './edits.ts';

/** The files with one edit made; an edit that finds nothing, or more than one place, is a mistake in the table. */
export function breakPlatform(
  files: Readonly<Record<string, string>>,
  { id, file, search, replace }: Edit,
): Record<string, string> {
  const path = `k8s/${file}`;
  const before = files[path];
  if (before === undefined) throw new Error(`${id}: there is no ${path}`);
  const { [path]: _, ...others } = files;
  if (replace === undefined) return others;
  if (search === undefined) return { ...others, [path]: replace };
  // An empty search puts the text in front.
  const parts = search === '' ? ['', before] : before.split(search);
  if (parts.length !== 2) throw new Error(`${id}: ${path} holds the searched text ${parts.length - 1} times`);
  return { ...others, [path]: parts.join(replace) };
}
