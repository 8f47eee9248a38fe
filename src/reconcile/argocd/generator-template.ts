import { getAt, getPart, mappingOf, setKey, type Tracked } from '../../object/provenance.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../../source/value.ts';
import { kindOfGenerator } from './generators.ts';

/** A generator may have a template of its own, of which what is not empty counts before the one of all (mergo over the struct, 3.6). */
export function withGeneratorTemplate(template: Tracked, generator: Tracked): Tracked {
  const kind = kindOfGenerator(generator);
  const own = kind === undefined ? undefined : getAt(generator, [kind, 'template']);
  return own === undefined || !isMapping(own.value)
    ? template
    : filledOver(template, own as Tracked<Mapping>, 0);
}

function filledOver(base: Tracked, own: Tracked<Mapping>, depth: number): Tracked {
  let merged = isMapping(base.value) ? (base as Tracked<Mapping>) : mappingOf([], own.origin);
  for (const key of Object.keys(own.value)) {
    const part = getPart(own, key);
    if (part === undefined || isEmpty(part.value)) continue;
    const old = getPart(merged, key) ?? { value: null, origin: part.origin };
    // What is JSON to Argo CD is one value, below which nobody merges.
    const isMerged = isMapping(part.value) && key !== 'valuesObject' && depth < maximumDepth;
    merged = setKey(merged, key, isMerged ? filledOver(old, part as Tracked<Mapping>, depth + 1) : part);
  }
  return merged;
}

const maximumDepth = 50;

function isEmpty(value: Value): boolean {
  return !value || (isSequence(value) && value.length === 0);
}
