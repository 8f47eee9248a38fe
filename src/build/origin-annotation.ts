import type { OriginAnnotation } from './accumulated-resource.ts';
import type { BuildContext, Place } from './build-context.ts';
import type { Target } from './target.ts';
import type { Annotate } from './transform.ts';

/** What `config.kubernetes.io/origin` says of what a built-in generator or transformer of this kustomization did. */
export function builtinAnnotation(target: Target, place: Place, kind: string): OriginAnnotation {
  return {
    configuredIn: joinOrigin(place.originPath, target.fileName),
    configuredBy: { apiVersion: 'builtin', kind },
  };
}

/** Notes down each transformer in the resources it was run over; undefined unless `buildMetadata` asks for it. */
export function annotator(context: BuildContext, target: Target, place: Place): Annotate | undefined {
  if (context.buildMetadata.length === 0) return undefined;
  return (resources, step) => {
    const annotation = step.annotation ?? builtinAnnotation(target, place, step.kind);
    return resources.map((resource) =>
      resource.originAnnotation === undefined
        ? { ...resource, originAnnotation: annotation }
        : { ...resource, transformations: [...(resource.transformations ?? []), annotation] },
    );
  };
}

/** Both paths joined, `.` and `..` resolved as far as they can be (filepath.Join). */
export function joinOrigin(path: string, more: string): string {
  const parts: string[] = [];
  for (const part of `${path}/${more}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
