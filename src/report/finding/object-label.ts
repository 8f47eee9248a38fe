import type { ObjectReference } from '../../diagnostic/diagnostic.ts';

/** An object as people name it: `Deployment shop/web`. */
export function objectLabel({ kind, namespace, name }: ObjectReference): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name === '' ? '(unnamed)' : name}`;
}
