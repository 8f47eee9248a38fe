const internalDomain = 'internal.config.kubernetes.io';

/** The annotations that kustomize keeps for itself during a build and takes out at its end, wherever they came from. */
export const internalAnnotations: ReadonlySet<string> = new Set([
  ...['previousKinds', 'previousNames', 'previousNamespaces', 'prefixes', 'suffixes', 'refBy'].map(
    internalName,
  ),
  ...['allowNameChange', 'allowKindChange', 'generatorBehavior', 'needsHashSuffix'].map(internalName),
  ...['path', 'index', 'seqindent', 'annotations-migration-resource-id', 'helm-generated'].map(internalName),
  ...['config.kubernetes.io/path', 'config.kubernetes.io/index', 'config.k8s.io/id', `${internalDomain}/id`],
]);

/** The name of an annotation in which kustomize keeps something for itself. */
export function internalName(name: string): string {
  return `${internalDomain}/${name}`;
}
