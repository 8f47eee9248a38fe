import type { Span } from '../../diagnostic/span.ts';
import { rangeOf } from '../editor-range.ts';
import { type JudgedFolder, textOf, uriOf } from './judged-folder.ts';
import type { NamedPlace } from './messages.ts';
import { valuesAt } from './reading.ts';
import { isFluxKustomization, pathOf, variableAt, variableSpans } from './variable-definition.ts';

/** Where a variable of Flux is used and where it is set, from any of them; undefined where there is none at the place. */
export function variableUses(folder: JudgedFolder, path: string, offset: number): NamedPlace[] | undefined {
  return variableNamedAt(folder, path, offset)?.places;
}

/** A variable of Flux, and where it is used and set. */
interface NamedVariable {
  readonly name: string;
  readonly places: NamedPlace[];
}

export function variableNamedAt(
  folder: JudgedFolder,
  path: string,
  offset: number,
): NamedVariable | undefined {
  const builds = [...folder.judgement.builds.values()];
  const text = textOf(folder, path);
  const used = variableAt(text, offset);
  const set = used === undefined ? variableSetAt(folder, path, offset) : undefined;
  const name = used ?? set?.name;
  if (name === undefined) return undefined;
  const inputs = builds
    .filter(({ root, inputs }) => (set === undefined ? inputs.includes(path) : set.roots.has(root)))
    .flatMap((build) => build.inputs);
  const places = new Map<string, NamedPlace>();
  for (const file of new Set(inputs)) {
    const own = { path: file, text: textOf(folder, file) };
    for (const span of usesIn(own, name)) add(places, folder, span, false);
    for (const span of variableSpans(builds, file, name)) add(places, folder, span, true);
  }
  return { name, places: [...places.values()] };
}

/** The files in which a variable of a name is used or set, other than those places. */
export function filesWithVariable(
  folder: JudgedFolder,
  name: string,
  places: readonly NamedPlace[] = [],
): string[] {
  const builds = [...folder.judgement.builds.values()];
  const known = new Set(places.map(({ uri, start }) => `${uri} ${start}`));
  const isKnown = (path: string, { start }: Span): boolean => known.has(`${uriOf(folder, path)} ${start}`);
  return [...new Set(builds.flatMap(({ inputs }) => inputs))].filter((path) => {
    const spans = [
      ...usesIn({ path, text: textOf(folder, path) }, name),
      ...variableSpans(builds, path, name),
    ];
    return spans.some((span) => !isKnown(span.file.path, span));
  });
}

/** The variable that an entry of `postBuild.substitute` sets, and the directories that it is for. */
function variableSetAt(
  { judgement }: JudgedFolder,
  path: string,
  offset: number,
): { readonly name: string; readonly roots: ReadonlySet<string> } | undefined {
  const found = valuesAt(judgement.builds.values(), path, offset).filter(
    ({ resource, path: field }) =>
      isFluxKustomization(resource.object) &&
      field.length === 4 &&
      field.slice(0, 3).join('.') === 'spec.postBuild.substitute',
  );
  const [first] = found;
  if (first === undefined) return undefined;
  return {
    name: String(first.path[3]),
    roots: new Set(found.map(({ resource }) => pathOf(resource.object))),
  };
}

function usesIn(file: Span['file'], name: string): Span[] {
  return [...file.text.matchAll(/(?<!\$)\$\{(\w+)/gu)]
    .filter(([, used]) => used === name)
    .map(({ index }) => ({ file, start: index + 2, end: index + 2 + name.length }));
}

function add(places: Map<string, NamedPlace>, folder: JudgedFolder, span: Span, isOwn: boolean): void {
  const uri = uriOf(folder, span.file.path);
  const { start, end } = span;
  places.set(`${uri} ${start}`, { uri, start, end, range: rangeOf(span), isOwn });
}
