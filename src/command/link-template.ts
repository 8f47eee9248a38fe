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

/** The same of a clone, guessed from the address of its remote; undefined for a forge that nobody knows. */
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
