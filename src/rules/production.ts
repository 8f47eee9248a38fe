import { textAt } from '../reconcile/object-field.ts';
import type { Application } from './argo-application.ts';
import { environmentsIn } from './environment-name.ts';

/** Whether an Application is one of production, by its name or that of its destination. */
export function isProduction({ declaration: { object }, name }: Application): boolean {
  const words = [
    name,
    textAt(object, 'spec', 'destination', 'name') ?? '',
    textAt(object, 'spec', 'destination', 'namespace') ?? '',
  ];
  return words.some((word) => environmentsIn(word).has('prod'));
}
