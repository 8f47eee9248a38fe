import type { Found } from '../fetched/fetched.ts';
import { lockName } from '../fetched/lock.ts';
import type { Build } from '../object/build.ts';
import { findingAt } from '../object/finding.ts';
import { nameOf, type Resource } from '../object/resource.ts';
import type { Path } from '../source/value.ts';
import { emptyBuild } from './reconciliation.ts';

/** What is left of something that was fetched and is not what the lock lists: nobody renders it, and a finding says so. */
export function changedBuild(
  declaration: Resource,
  root: string,
  path: Path,
  { version, digest }: Extract<Found, { readonly kind: 'changed' }>,
): Build {
  const name = nameOf(declaration.object);
  const finding = findingAt(declaration, {
    rule: 'source-changed',
    severity: 'error',
    message: `${root} does not match ${lockName} for ${version || 'it'}: its digest is ${digest}`,
    help: 'find out why one version has two contents; `cdb-lint sources --write-lock` accepts this one',
    path,
    unchecked: `what ${name} installs`,
  });
  return { ...emptyBuild(root), diagnostics: [finding] };
}
