import type { ObjectReference } from '../diagnostic/diagnostic.ts';

/** Tells the objects of all builds of a run apart. */
export function objectKey(
  { apiVersion, kind, namespace, name }: ObjectReference,
  entryPoint: string | undefined,
): string {
  return JSON.stringify([entryPoint, apiVersion, kind, namespace, name]);
}
