import { isUnchanged, refuse, type Update } from './update.ts';

/** RoleBindings and ClusterRoleBindings alike: who may bind one role may not slip in another. */
export function validateRoleBindingUpdate(update: Update): void {
  if (!isUnchanged(update, ['roleRef']))
    refuse(update, 'Invalid', {
      path: ['roleRef'],
      detail: 'must not change once the binding exists',
      help: 'give the new binding another name, or delete the old one first',
    });
}
