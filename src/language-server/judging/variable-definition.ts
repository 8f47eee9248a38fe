import type { Span } from '../../diagnostic/span.ts';
import type { Build } from '../../object/build.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { normalisePath } from '../../source/path.ts';
import { isMapping, isSequence, type Mapping, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { spanOf } from './field-span.ts';

/** The name in the `${NAME}` around an offset, with a default or an operation behind it as well. */
export function variableAt(text: string, offset: number): string | undefined {
  const start = text.lastIndexOf('${', offset);
  const isGiven = start >= 0 && text[start - 1] !== '$' && offset - start <= longest;
  const [whole, name] =
    (isGiven ? /^\$\{(\w+)[^}\n]*\}?/u.exec(text.slice(start, start + longest)) : null) ?? [];
  return whole !== undefined && offset <= start + whole.length ? name : undefined;
}

const longest = 500;

/** Where the Flux Kustomizations that apply a file give a variable: inline, which wins, then in what `substituteFrom` names. */
export function variableSpans(builds: readonly Build[], path: string, name: string): Span[] {
  const roots = new Set(builds.filter(({ inputs }) => inputs.includes(path)).map(({ root }) => root));
  const all = builds.flatMap(({ resources }) => resources);
  return all
    .filter(({ object }) => isFluxKustomization(object) && roots.has(pathOf(object)))
    .flatMap((owner) => {
      const inline = spanOf(owner, ['spec', 'postBuild', 'substitute', name]);
      return inline.length > 0 ? inline : sourcesOf(owner, all).flatMap((one) => spanOf(one, ['data', name]));
    });
}

export function isFluxKustomization({ apiVersion, kind }: Mapping): boolean {
  return kind === 'Kustomization' && valueText(apiVersion).startsWith('kustomize.toolkit.fluxcd.io/');
}

/** The directory that a Flux Kustomization applies. */
export function pathOf(object: Mapping): string {
  const path = valueAt(object, ['spec', 'path']);
  return typeof path === 'string' ? (normalisePath(path.replace(/^\.?\//u, '')) ?? '') : '';
}

/** The ConfigMaps and Secrets of `substituteFrom`, the one that wins first. */
function sourcesOf({ object }: Resource, all: readonly Resource[]): Resource[] {
  const named = valueAt(object, ['spec', 'postBuild', 'substituteFrom']);
  const entries = isSequence(named) ? named.filter(isMapping).toReversed() : [];
  return entries.flatMap(({ kind, name }) =>
    all.filter(
      (one) =>
        one.object['kind'] === kind &&
        nameOf(one.object) === name &&
        namespaceOf(one.object) === namespaceOf(object),
    ),
  );
}
