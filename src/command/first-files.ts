import { defaultKubernetesVersion } from '../configuration/kubernetes-versions.ts';
import type { RepositorySurvey } from './repository-survey.ts';

export const baselineName = 'cdb-lint-baseline.json';

/** A configuration that says what was found, and what more can be said. */
export function firstConfiguration({ environments }: RepositorySurvey, hasBaseline: boolean): string {
  const entries = [...environments].map(
    ([name, root]) => `  ${plainKey(name)}:\n    root: ${JSON.stringify(root)}\n`,
  );
  const named =
    entries.length > 0
      ? `# What is deployed. Each directory is built and judged.\nenvironments:\n${entries.join('')}`
      : `# Without environments, what Flux and Argo CD deploy is judged, and every kustomization that no other one uses.
# environments:
#   prod:
#     root: overlays/prod
`;
  return `${named}
# What was found on the first day is known, and only what is new counts; --no-baseline shows everything.
${hasBaseline ? '' : '# '}baseline: ${baselineName}

# The version of the clusters.
# kubernetesVersion: "${defaultKubernetesVersion}"

# Which policies apply: default, baseline, restricted, recommended, acceptance, all.
# profile: recommended

# What is in the clusters, but not in this repository.
# provided:
#   - kind: Secret
#     name: registry-credentials

# Findings that are accepted, each with a reason.
# exclusions:
#   - rule: image-not-pinned
#     object: Deployment/web
#     reason: the registry moves the tag on purpose
`;
}

function plainKey(name: string): string {
  return /^[A-Za-z][\w.-]*$/u.test(name) ? name : JSON.stringify(name);
}

export interface CheckCall {
  readonly version: string;
  /** The directory to judge, from the repository's root. */
  readonly path: string;
  /** The baseline, where the configuration does not name it. */
  readonly baseline?: string;
}

function checkCommand({ version, path, baseline }: CheckCall): string {
  const words = ['npx', '--yes', `cdb-lint@${version}`, path === '' ? '.' : shellWord(path)];
  return [...words, ...(baseline === undefined ? [] : ['--baseline', baseline])].join(' ');
}

function shellWord(text: string): string {
  return /^[\w./-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A workflow with no right but to read, and no action but the checkout, by its commit. */
export function firstWorkflow(call: CheckCall): string {
  return `name: cdb-lint
on: [pull_request, merge_group]

permissions:
  contents: read

jobs:
  cdb-lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - run: |
          ${checkCommand(call)} --format github --format markdown=summary.md || result=$?
          cat summary.md >> "$GITHUB_STEP_SUMMARY"
          exit "\${result:-0}"
`;
}

/** The same for GitLab, to be added to a file that is there already. */
export function firstGitlabJob(call: CheckCall): string {
  return `cdb-lint:
  image: node:22
  script:
    - ${checkCommand(call)} --format terminal --format gitlab=cdb-lint.json
  artifacts:
    when: always
    reports:
      codequality: cdb-lint.json
`;
}
