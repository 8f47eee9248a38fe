import type { Span } from '../diagnostic/span.ts';
import { isMapping, isSequence, type Path, type Value } from '../source/value.ts';
import { locateField } from './provenance.ts';
import { type Resource, trackedObject } from './resource.ts';

/** Whether a field of a Secret, or what is below it, is secret. */
export function isSecretField({ object }: Resource, path: Path): boolean {
  if (object['kind'] !== 'Secret') return false;
  const [field, ...rest] = path;
  if (field === 'metadata') return rest[0] === 'annotations' && rest[1] === lastApplied;
  return field !== undefined && !['apiVersion', 'kind', 'type', 'immutable', 'sops'].includes(String(field));
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** What a Secret holds: the values, the key of each, and where they were written. */
export interface SecretValues {
  readonly texts: string[];
  readonly keys: string[];
  readonly spans: Span[];
}

/** What a rendered Secret holds, and where each of its values was written; all layers of it were secrets. */
export function secretValues(resource: Resource): SecretValues {
  const found: SecretValues = { texts: [], keys: [], spans: [] };
  if (resource.object['kind'] !== 'Secret') return found;
  collect(resource, resource.object, [], found);
  return found;
}

/** What the Secrets among objects hold, whoever else holds it too. */
export function secretTexts(resources: readonly Resource[]): string[] {
  return resources.flatMap((one) => (one.object['kind'] === 'Secret' ? secretValues(one).texts : []));
}

const maxDepth = 64;

function collect(resource: Resource, value: Value, path: Path, found: SecretValues): void {
  if (path.length > maxDepth || value === null) return;
  if (isSequence(value))
    for (const [index, item] of value.entries()) collect(resource, item, [...path, index], found);
  else if (isMapping(value))
    for (const key of Object.keys(value)) collect(resource, value[key] as Value, [...path, key], found);
  else if (isSecretField(resource, path)) {
    found.texts.push(String(value));
    found.keys.push(String(path.at(-1)));
    for (const { by, span } of locateField(trackedObject(resource), path).steps)
      if (holdsValue(by) && !installs(resource, span)) found.spans.push(span);
  }
}

/** Whether a line says which chart is installed: it stands for all that a chart makes, and holds none of it. */
function installs({ chart }: Resource, { file, start, end }: Span): boolean {
  const lines = (chart?.lines ?? []).flatMap((origin) => locateField({ value: null, origin }, []).steps);
  return lines.some(({ span }) => span.file.path === file.path && span.start === start && span.end === end);
}

/** What an entry of these steps holds is a way to the value, or the name of a key. */
function holdsValue(by: string): boolean {
  return by !== 'replacements' && by !== 'vars' && by !== 'secretGenerator' && by !== 'configMapGenerator';
}
