import type { Origin } from './provenance.ts';

/** Whether a value, or anything in it, was ever set by a line of these files. */
export function isSetIn(files: ReadonlySet<string>, origin: Origin): boolean {
  // Whoever is added while this runs comes by as well, each once.
  const behind = new Set([origin]);
  for (const one of behind) {
    if ('positions' in one) {
      if (files.has(one.positions.file.path)) return true;
    } else if ('span' in one) {
      if (files.has(one.span.file.path)) return true;
    } else for (const next of originsBehind(one)) behind.add(next);
  }
  return false;
}

function originsBehind(origin: Origin): readonly Origin[] {
  if ('template' in origin) return [origin.template, ...origin.values];
  if (!('last' in origin)) return [];
  const { last, previous, rest, parts } = origin;
  return [last, previous, rest, ...(parts?.values() ?? [])].filter((one) => one !== undefined);
}
