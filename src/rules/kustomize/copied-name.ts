import type { Build } from '../../object/build.ts';
import { changedValues, type Layer, layersOf } from '../../object/layer.ts';
import { locateField, type Origin, originOfPart } from '../../object/provenance.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { formatPath, type Path } from '../../source/value.ts';
import { describe } from '../../workload/pod/pod-template.ts';

/** Texts into which a replacement copied the name of an object before a prefix, a suffix or a hash changed it. */
export function* copiedNames(build: Build): Iterable<RuleProblem> {
  const renamed = byFirstPlace(build.resources);
  if (renamed.size === 0) return;
  for (const resource of build.resources) {
    for (const { path, value, origin } of changedValues(resource)) {
      if (typeof value !== 'string') continue;
      const found = copiedFrom(layersOf(origin), value, renamed);
      if (found !== undefined) yield problemOf(resource, path, value, found);
    }
  }
}

interface Renamed {
  readonly resource: Resource;
  /** The places that wrote its name, the oldest first. */
  readonly places: readonly string[];
}

interface Copied {
  readonly source: Resource;
  /** The target of the replacement. */
  readonly by: Layer;
}

/** Objects whose names more than one layer wrote, by the place that wrote them first. */
function byFirstPlace(resources: readonly Resource[]): Map<string, Renamed> {
  const found = new Map<string, Renamed>();
  for (const resource of resources) {
    const origin = ['metadata', 'name'].reduce<Origin>(originOfPart, resource.origin);
    const places = layersOf(origin).map(placeOf);
    const [first] = places;
    if (first !== undefined && places.length > 1) found.set(first, { resource, places });
  }
  return found;
}

/** The object whose name a replacement took when fewer layers had written it; a reference that kustomize follows has the new one. */
function copiedFrom(
  layers: readonly Layer[],
  value: string,
  renamed: ReadonlyMap<string, Renamed>,
): Copied | undefined {
  const at = layers.findLastIndex(({ by }) => by === 'replacements');
  if (at < 0) return undefined;
  const taken = layers.slice(at + 1).map(placeOf);
  const source = renamed.get(taken[0] ?? '');
  if (source === undefined || taken.length >= source.places.length) return undefined;
  const isEarlier = taken.every((place, index) => place === source.places[index]);
  const isStale = isEarlier && !value.includes(nameOf(source.resource.object));
  const by = layers[at];
  return isStale && by !== undefined ? { source: source.resource, by } : undefined;
}

function placeOf({ origin }: Layer): string {
  const { span } = locateField({ value: null, origin }, []);
  return span === undefined ? '' : `${span.file.path}\n${span.start}\n${span.end}`;
}

function problemOf(resource: Resource, path: Path, value: string, { source, by }: Copied): RuleProblem {
  return {
    at: [{ value: null, origin: by.origin }],
    // What selects and what is selected may have the same old name, and go on working.
    severity: path.some((step) => /labels$|selector$/iu.test(String(step))) ? 'note' : 'warning',
    message: `a replacement copied the name of ${describe(source)} to ${formatPath(path)} of ${describe(resource)} before it was renamed: ${value} remains`,
    help: 'move the replacement to a kustomization that uses this one: the prefix or suffix is added after components and bases',
    related: [{ at: [source, 'metadata', 'name'], message: `${describe(source)} gets its name here` }],
  };
}
