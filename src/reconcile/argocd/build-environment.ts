import { textAt } from '../../object/object-field.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { Mapping } from '../../source/value.ts';

/** The variables that options of an Application may use (reposerver newEnv of 3.6); which commit it will be nobody knows yet. */
export function buildEnvironment({ object }: Resource, source: Mapping): ReadonlyMap<string, string> {
  const revision = '0'.repeat(40);
  return new Map([
    ['ARGOCD_APP_NAME', nameOf(object)],
    ['ARGOCD_APP_NAMESPACE', textAt(object, 'spec', 'destination', 'namespace') ?? ''],
    ['ARGOCD_APP_PROJECT_NAME', textAt(object, 'spec', 'project') ?? 'default'],
    ['ARGOCD_APP_REVISION', revision],
    ['ARGOCD_APP_REVISION_SHORT', revision.slice(0, 7)],
    ['ARGOCD_APP_REVISION_SHORT_8', revision.slice(0, 8)],
    ['ARGOCD_APP_SOURCE_REPO_URL', textAt(source, 'repoURL') ?? ''],
    ['ARGOCD_APP_SOURCE_PATH', textAt(source, 'path') ?? ''],
    ['ARGOCD_APP_SOURCE_TARGET_REVISION', textAt(source, 'targetRevision') ?? ''],
  ]);
}

/** A text with `$NAME` and `${NAME}` filled in; one that is not known is nothing, and `$$` a dollar. */
export function fillEnvironment(text: string, environment: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$(?:\$|\{(\w+)\}|(\w+))/gu, (whole, braced?: string, bare?: string) =>
    whole === '$$' ? '$' : (environment.get(braced ?? bare ?? '') ?? ''),
  );
}
