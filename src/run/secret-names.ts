import { withoutCredentials } from '../credential/dots.ts';
import { hiddenInField } from '../credential/hidden-in-text.ts';
import { isRandom } from '../credential/random-text.ts';
import type { Span } from '../diagnostic/span.ts';
import { locateField } from '../object/provenance.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource, trackedObject } from '../object/resource.ts';
import { touchesSecret } from '../report/finding/secrets-within.ts';
import type { Path } from '../source/value.ts';

/** What an object is called by, and the field of each. */
function wordsOf({ object }: Resource): readonly (readonly [Path, string])[] {
  const { group, version, kind } = groupVersionKind(object);
  return [
    [['apiVersion'], group],
    [['apiVersion'], version],
    [['kind'], kind],
    [['metadata', 'namespace'], namespaceOf(object)],
    [['metadata', 'name'], nameOf(object)],
  ];
}

/** What all objects are called by, which every report shows. */
export function namesOf(resources: readonly Resource[]): string[] {
  return [...new Set(resources.flatMap((one) => wordsOf(one).map(([, name]) => name)))];
}

/** Words that nothing is told by. */
const common: ReadonlySet<string> = new Set(['', 'v1', 'default', 'Secret']);

/**
 * Names with the password of an address, and those that were taken from a Secret or from a field that is named like one, as replacements, substitution and templates do: by their
 * history, which leads into a Secret of a file, or because they are made up and a Secret holds them. What a Secret and a name both take from elsewhere, such as the name of a tenant, is none.
 */
export function namesFromSecrets(
  resources: readonly Resource[],
  { values, texts }: { readonly values: readonly Span[]; readonly texts: ReadonlySet<string> },
): string[] {
  const found = new Set(namesOf(resources).filter(holdsCredential));
  for (const resource of resources)
    for (const [path, name] of wordsOf(resource)) {
      if (common.has(name) || found.has(name)) continue;
      if ((texts.has(name) && isRandom(name)) || isTaken(resource, path, name, values)) found.add(name);
    }
  return [...found];
}

function holdsCredential(name: string): boolean {
  return /[@?&#]/u.test(name) && withoutCredentials(name) !== name;
}

function isTaken(resource: Resource, path: Path, name: string, values: readonly Span[]): boolean {
  const { steps } = locateField(trackedObject(resource), path);
  return steps.some(({ span }) => touchesSecret(values, span) || isOfField(span, name));
}

const field = /^["']?([\w.-]{1,128})["']?\s*[:=]\s*["']?(.*?)["']?$/su;

/** Whether a field, such as `password: …` among the values of a chart, brings what is to be hidden to a name. */
function isOfField({ file, start, end }: Span, name: string): boolean {
  const [, key = '', value = ''] = field.exec(file.text.slice(start, Math.min(end, start + longest))) ?? [];
  return hiddenInField(key, value).some((one) => name.includes(value.slice(one.start, one.end)));
}

const longest = 5000;
