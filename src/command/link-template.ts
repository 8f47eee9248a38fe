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
