import { type Origin, replaceValue, type Tracked } from '../../object/provenance.ts';
import { type AccumulatedResource, originalId, rememberId } from '../accumulated-resource.ts';
import { type FieldSpec, isSelected, makeFieldSpec, updateField } from '../field-spec.ts';
import { isProblem, type Problem } from '../problem.ts';
import { scalarSource, writtenOver } from '../scalar-style.ts';
import type { Resources } from '../transformer.ts';

type Affix = { readonly prefix: string } | { readonly suffix: string };

// Objects whose names are not free to choose.
const skipped = [
  makeFieldSpec({ kind: 'CustomResourceDefinition' }, '', false),
  makeFieldSpec({ group: 'apiregistration.k8s.io', kind: 'APIService' }, '', false),
  makeFieldSpec({ kind: 'Namespace' }, '', false),
];

/** `namePrefix` and `nameSuffix`: each resource also remembers them, which name references are told apart by. */
export function transformNames(
  resources: Resources,
  affix: Affix,
  origin: Origin,
  specs: readonly FieldSpec[],
): Resources | Problem {
  const result: AccumulatedResource[] = [];
  for (const resource of resources) {
    const id = originalId(resource);
    let current = resource;
    if (!skipped.some((spec) => isSelected(id, spec))) {
      for (const spec of specs) {
        if (!isSelected(id, spec)) continue;
        if (spec.path === 'metadata/name') current = rememberAffix(current, affix);
        const tracked = updateField(
          current.tracked,
          spec,
          (field) => withAffix(field, affix, origin),
          'scalar',
        );
        if (isProblem(tracked)) return tracked;
        current = { ...current, tracked };
      }
    }
    result.push(current);
  }
  return result;
}

function withAffix(field: Tracked, affix: Affix, origin: Origin): Tracked | Problem {
  if (typeof field.value === 'object' && field.value !== null) {
    return {
      problem: 'a prefix or suffix can be added only to a string',
      help: 'write a string here, or correct the patch that changes its type',
      at: field.origin,
    };
  }
  return replaceValue(field, writtenOver(field, addAffix(scalarSource(field), affix)), origin);
}

function addAffix(name: string, affix: Affix): string {
  return 'prefix' in affix ? affix.prefix + name : name + affix.suffix;
}

// An empty affix leaves no trace: kustomize appends nothing to its list then.
function rememberAffix(resource: AccumulatedResource, affix: Affix): AccumulatedResource {
  if ('prefix' in affix) {
    if (affix.prefix === '') return resource;
    return rememberId({ ...resource, prefixes: [...resource.prefixes, affix.prefix] });
  }
  if (affix.suffix === '') return resource;
  return rememberId({ ...resource, suffixes: [...resource.suffixes, affix.suffix] });
}
