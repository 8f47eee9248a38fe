import type { Build } from '../../object/build.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { Path } from '../../source/value.ts';

/** A field of an object, as a build renders it. */
export interface RenderedField {
  readonly build: Build;
  readonly resource: Resource;
  readonly path: Path;
}

/** An object by its name; its namespace is preferred, since what Flux sets at its target is not in a build. */
export interface NamedObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

export type BuiltObject = Pick<RenderedField, 'build' | 'resource'>;

/** The objects that a build means by a name: its own, else those that any other has. */
export function objectsNamed(
  own: Build,
  builds: readonly Build[],
  wanted: NamedObject,
): readonly BuiltObject[] {
  const found = namesakes([own], wanted);
  return found.length > 0 ? found : namesakes(builds, wanted);
}

function namesakes(builds: readonly Build[], { kind, name, namespace }: NamedObject): BuiltObject[] {
  const found = builds.flatMap((build) =>
    build.resources
      .filter(({ object }) => object['kind'] === kind && nameOf(object) === name)
      .map((resource) => ({ build, resource })),
  );
  const here = found.filter(({ resource }) => namespaceOf(resource.object) === namespace);
  return here.length > 0 ? here : found;
}
