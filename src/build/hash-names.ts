import { getAt, replaceValue } from '../object/provenance.ts';
import { nameOf } from '../object/resource.ts';
import { rememberId, setMetadata } from './accumulated-resource.ts';
import { contentHash } from './hash.ts';
import type { Resources } from './transformer.ts';

/** Appends the hash of their content to the names of generated resources that ask for it. */
export function hashNames(resources: Resources): Resources {
  return resources.map((resource) => {
    if (!resource.needsHash) return resource;
    const { tracked } = resource;
    const name = getAt(tracked, ['metadata', 'name']);
    if (name === undefined) return resource;
    const hashed = replaceValue(name, `${nameOf(tracked.value)}-${contentHash(tracked.value)}`, name.origin);
    return { ...rememberId(resource), tracked: setMetadata(tracked, 'name', hashed) };
  });
}
