/** The file names that kustomize looks for in a directory, in its order (RecognizedKustomizationFileNames in konfig/general.go). */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** The kustomization of a directory: the first of the names it may have that `exists`. */
export function kustomizationIn(directory: string, exists: (file: string) => boolean): string | undefined {
  return kustomizationNames.map((name) => (directory === '' ? name : `${directory}/${name}`)).find(exists);
}

/** Whether a path is that of a kustomization. */
export function isKustomizationPath(path: string): boolean {
  return kustomizationNames.some((name) => path === name || path.endsWith(`/${name}`));
}
