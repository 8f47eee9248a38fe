import type { GroupVersionKind } from '../object/resource.ts';
import { type CustomKinds, findCustomKind, noCustomKinds } from './custom-kind.ts';
import { namesOfBuiltIn } from './facts.ts';

/** What an API server calls a kind in its paths and rules, and whether its objects live in namespaces. */
export interface KindNames {
  readonly plural: string;
  readonly namespaced: boolean;
}

/** The names of a kind that Kubernetes or a CRD defines, whichever version an object has; undefined where nobody described it. */
export function namesOfKind(
  { group, version, kind }: GroupVersionKind,
  customKinds: CustomKinds = noCustomKinds,
): KindNames | undefined {
  return namesOfBuiltIn(group, kind) ?? findCustomKind(customKinds, group, version, kind);
}

/** Whether objects of a kind live outside of namespaces; of what nobody described they do not. */
export function isClusterScoped(gvk: GroupVersionKind, customKinds?: CustomKinds): boolean {
  return namesOfKind(gvk, customKinds)?.namespaced === false;
}
