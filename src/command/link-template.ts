import { type RuleUrl, ruleUrls } from '../report/docs-url.ts';
import type { Io } from './io.ts';

/** Addresses of lines at the commit of a workflow, with `{path}` and `{line}`: as GitHub and GitLab name themselves to their jobs. */
export function linkTemplateOf(variables: Io['variables']): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = variables;
  if (server !== undefined && repository !== undefined && commit !== undefined)
    return `${server}/${repository}/blob/${commit}/{path}#L{line}`;
  const { CI_PROJECT_URL: project, CI_COMMIT_SHA: built } = variables;
  return project === undefined || built === undefined
    ? undefined
    : `${project}/-/blob/${built}/{path}#L{line}`;
}

/**
 * Addresses of the pages of rules: as the environment says; for the Action the list in the very repository and commit that it comes from;
 * else the published site.
 */
export function ruleUrlOf(variables: Io['variables'], isAction = false): RuleUrl {
  const { CDB_LINT_DOCS_URL: asked, GITHUB_SERVER_URL: server } = variables;
  const { GITHUB_ACTION_REPOSITORY: own = '', GITHUB_ACTION_REF: commit = '' } = variables;
  if (asked !== undefined && asked !== '') return ruleUrls(asked);
  const isKnown = isAction && server !== undefined && own !== '' && commit !== '';
  return ruleUrls(isKnown ? `${server}/${own}/blob/${commit}/docs/rules.md#{rule}` : undefined);
}

/** Addresses of lines of a clone, guessed from the address of its remote; undefined for a forge that nobody knows. */
export function guessedTemplate(remote: string | undefined, commit: string | undefined): string | undefined {
  const page = remote === undefined ? undefined : webAddress(remote);
  if (page === undefined || commit === undefined) return undefined;
  const { host } = new URL(page);
  if (host === 'bitbucket.org') return `${page}/src/${commit}/{path}#lines-{line}`;
  if (/(?:^|\.)(?:codeberg|gitea|forgejo)\./u.test(host))
    return `${page}/src/commit/${commit}/{path}#L{line}`;
  if (host.includes('gitlab')) return `${page}/-/blob/${commit}/{path}#L{line}`;
  return `${page}/blob/${commit}/{path}#L{line}`;
}

/** `https://HOST/OWNER/NAME` of what Git clones from, without user and password. */
export function webAddress(remote: string): string | undefined {
  const written = /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([\w.-]+)(?::\d+)?\/(.+?)(?:\.git)?\/?$/u.exec(remote);
  const [, host, path] =
    written ?? /^(?:[\w.-]+@)?([\w.-]+\.[\w-]+):(?!\/)(.+?)(?:\.git)?\/?$/u.exec(remote) ?? [];
  if (host === undefined || path === undefined || !/^[\w.~/-]+$/u.test(path)) return undefined;
  return `https://${host}/${path}`;
}
