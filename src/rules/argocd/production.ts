import { textAt } from '../../object/object-field.ts';
import { environmentsIn } from '../../workload/environment/environment-name.ts';
import type { Application } from './argo-application.ts';

/** Whether an Application is one of production, by its name or that of its destination. */
export function isProduction({ declaration: { object }, name }: Application): boolean {
  const words = [
    name,
    textAt(object, 'spec', 'destination', 'name') ?? '',
    textAt(object, 'spec', 'destination', 'namespace') ?? '',
  ];
  return words.some((word) => environmentsIn(word).has('prod'));
}
