import {
  getPart,
  itemsOf,
  mappingOf,
  removeKey,
  setItems,
  setKey,
  type Tracked,
} from '../../object/provenance.ts';
import {
  equalValues,
  isMapping,
  isSequence,
  type Mapping,
  type Path,
  type Value,
} from '../../source/value.ts';

/** Why Argo CD makes no Application of a patch, and the way to the field in it. */
export interface PatchFailure {
  readonly reason: string;
  readonly path: Path;
}

export function isPatchFailure(result: Tracked | PatchFailure): result is PatchFailure {
  return 'reason' in result;
}

/**
 * An Application with a strategic merge patch applied, as `templatePatch` is (apimachinery's strategicpatch over the struct
 * of an Application, 3.6): lists are replaced, save for finalizers, and inside of `valuesObject`, of which the struct knows
 * nothing, no mapping or list can meet another.
 */
export function applyTemplatePatch(base: Tracked, patch: Tracked, path: Path = []): Tracked | PatchFailure {
  if (!isMapping(patch.value) || path.length > maximumDepth) return withoutDirectives(patch);
  const directive = patch.value['$patch'];
  if (directive === 'replace') return withoutDirectives(patch);
  if (directive === 'delete') return mappingOf([], patch.origin);
  if (!isMapping(base.value)) return withoutDirectives(patch);
  let merged = retained(base as Tracked<Mapping>, patch.value['$retainKeys']);
  for (const key of Object.keys(patch.value)) {
    if (key === '$patch' || key === '$retainKeys' || key.startsWith('$setElementOrder/')) continue;
    const part = getPart(patch, key) as Tracked;
    const old = getPart(merged, key);
    const listed = /^\$deleteFromPrimitiveList\/(.*)$/u.exec(key)?.[1];
    if (listed !== undefined) merged = withoutItems(merged, listed, part);
    else if (part.value === null) merged = removeKey(merged, key);
    else if (old === undefined && isDirective(part.value)) merged = removeKey(merged, key);
    else if (old === undefined) merged = setKey(merged, key, withoutDirectives(part));
    else {
      const result = mergeField(old, part, [...path, key]);
      if (isPatchFailure(result)) return result;
      merged = setKey(merged, key, result);
    }
  }
  return merged;
}

const maximumDepth = 100;

/** Of all that is there, `$retainKeys` keeps the keys that it names. */
function retained(base: Tracked<Mapping>, keys: Value | undefined): Tracked<Mapping> {
  if (keys === undefined || !isSequence(keys)) return base;
  return Object.keys(base.value)
    .filter((key) => !keys.includes(key))
    .reduce(removeKey, base);
}

/** What nothing stands for but a directive, and is dropped where it meets nothing. */
function isDirective(value: Value): boolean {
  return isMapping(value) && Object.hasOwn(value, '$patch');
}

function withoutItems(merged: Tracked<Mapping>, key: string, items: Tracked): Tracked<Mapping> {
  const old = getPart(merged, key);
  if (old === undefined || !isSequence(old.value) || !isSequence(items.value)) return merged;
  const gone = items.value;
  const kept = itemsOf(old).filter(({ value }) => !gone.some((one) => equalValues(one, value)));
  return setKey(merged, key, setItems(old, kept));
}

function mergeField(old: Tracked, part: Tracked, path: Path): Tracked | PatchFailure {
  const areMappings = isMapping(old.value) && isMapping(part.value);
  const areLists = isSequence(old.value) && isSequence(part.value);
  if ((areMappings || areLists) && path.slice(0, -1).includes('valuesObject')) {
    const reason = `${String(path.at(-1)) || '""'} below valuesObject is in the template as well, and Argo CD cannot merge there`;
    return { reason, path };
  }
  if (areMappings) return applyTemplatePatch(old, part, path);
  if (areLists && path.join('.') === 'metadata.finalizers') return union(old, part);
  return withoutDirectives(part);
}

/** Those of the patch come first. */
function union(old: Tracked, more: Tracked): Tracked {
  const first = itemsOf(more);
  const isNew = ({ value }: Tracked): boolean => !first.some((item) => equalValues(item.value, value));
  return setItems(old, [...first, ...itemsOf(old).filter(isNew)]);
}

/** A part that meets nothing it could be merged with. */
function withoutDirectives(part: Tracked): Tracked {
  if (isSequence(part.value) && part.value.some(isDirective))
    return setItems(
      part,
      itemsOf(part).filter(({ value }) => !isDirective(value)),
    );
  if (!isMapping(part.value) || !holdsDirective(part.value)) return part;
  let kept = part as Tracked<Mapping>;
  for (const key of Object.keys(part.value)) {
    if (key.startsWith('$')) kept = removeKey(kept, key);
    else kept = setKey(kept, key, withoutDirectives(getPart(part, key) as Tracked));
  }
  return kept;
}

function holdsDirective(value: Value): boolean {
  if (!isMapping(value)) return false;
  return Object.keys(value).some((key) => key.startsWith('$') || holdsDirective(value[key] as Value));
}
