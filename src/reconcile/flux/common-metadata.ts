import { mappingAt } from '../../object/object-field.ts';
import { getAt, getPart, mappingOf, namedOrigin, setKey, type Tracked } from '../../object/provenance.ts';
import { type Resource, trackedObject } from '../../object/resource.ts';
import { isMapping, type Mapping } from '../../source/value.ts';

/** The object with the labels and annotations of `spec.commonMetadata`; a controller sets them when it applies it (ssa SetCommonMetadata). */
export function withCommonMetadata(resource: Resource, declaration: Resource): Resource {
  if (mappingAt(declaration, 'spec', 'commonMetadata') === undefined) return resource;
  let object: Tracked<Mapping> = trackedObject(resource);
  for (const field of ['labels', 'annotations']) {
    const added = mappingAt(declaration, 'spec', 'commonMetadata', field);
    const metadata = getPart(object, 'metadata');
    if (added === undefined || metadata === undefined || !isMapping(metadata.value)) continue;
    const own = getAt(object, ['metadata', field]);
    let map =
      own !== undefined && isMapping(own.value) ? (own as Tracked<Mapping>) : mappingOf([], added.origin);
    for (const key of Object.keys(added.value)) {
      const part = getPart(added, key);
      if (part !== undefined)
        map = setKey(map, key, { ...part, origin: namedOrigin('commonMetadata', part.origin) });
    }
    object = setKey(object, 'metadata', setKey(metadata as Tracked<Mapping>, field, map));
  }
  return { ...resource, object: object.value, origin: object.origin };
}
