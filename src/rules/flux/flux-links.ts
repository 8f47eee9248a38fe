import { mappingsAt, textAt } from '../../object/object-field.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { isOf } from '../../reconcile/controller-kind.ts';
import { controllerKindOf } from '../../reconcile/controller-kinds.ts';
import { artifactGeneratorKind } from '../../reconcile/flux/flux-source.ts';
import type { FieldReference } from '../../reconcile/reconciliation.ts';
import type { Path } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';

/** The objects of Flux that an object of Flux names. */
export function linksOf(resource: Resource): FieldReference[] {
  const { object } = resource;
  const own = namespaceOf(object) || 'default';
  const link = (path: Path, assumed: string): FieldReference[] => {
    const name = textAt(object, ...path, 'name');
    if (name === undefined || name === '*' || /[$<{]/u.test(name)) return [];
    return [
      {
        kind: textAt(object, ...path, 'kind') ?? assumed,
        name,
        namespace: textAt(object, ...path, 'namespace') ?? own,
        path: [...path, 'name'],
      },
    ];
  };
  return (controllerKindOf(resource)?.links ?? []).flatMap(({ path, kind, isList }) =>
    isList === true
      ? mappingsAt(resource, ...path).flatMap(({ index }) => link([...path, index], kind))
      : link(path, kind),
  );
}

/** The artifacts that an ArtifactGenerator makes, as names of ExternalArtifacts. */
export function artifactNames(generator: Resource): string[] {
  if (!isOf(artifactGeneratorKind, generator)) return [];
  return mappingsAt(generator, 'spec', 'artifacts').flatMap(({ item }) => textAt(item.value, 'name') ?? []);
}

export function linkKey(kind: string, namespace: string, name: string): string {
  return `${kind} ${namespace}/${name}`;
}

export function keyOfObject({ object }: Resource): string {
  return linkKey(valueText(object['kind']), namespaceOf(object) || 'default', nameOf(object));
}
