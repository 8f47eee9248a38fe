import { defaultKubernetesVersion } from '../configuration/kubernetes-versions.ts';
import type { RepositorySurvey } from './repository-survey.ts';

export const baselineName = 'cdb-lint-baseline.json';

/** What a build uses and the repository does not hold. */
export interface Absent {
  readonly kind: 'remote' | 'chart' | 'plugin';
  readonly name: string;
}

/** Proposals, for whoever owns the repository to take: nobody else can say that something needs no judging. */
function absentText(absent: readonly Absent[]): string {
  if (absent.length === 0) return '';
  const entries = absent.map(
    ({ kind, name }) => `#   - ${kind}: ${JSON.stringify(name)}\n#     reason: why it needs no check here\n`,
  );
  return `
# What builds use but this repository does not contain. Entries here, with a reason, are accepted as not checked; or list a copy under
# remotes instead.
# notJudged:
${entries.join('')}`;
}

/** A configuration that says what was found, and what more can be said. */
export function firstConfiguration(
  { environments }: RepositorySurvey,
  hasBaseline: boolean,
  absent: readonly Absent[] = [],
): string {
  const entries = [...environments].map(
    ([name, root]) => `  ${plainKey(name)}:\n    root: ${JSON.stringify(root)}\n`,
  );
  const named =
    entries.length > 0
      ? `# What is deployed. Each directory is built and checked.\nenvironments:\n${entries.join('')}`
      : `# Without environments, cdb-lint checks what Flux and Argo CD deploy, and every kustomization that no other one uses.
# environments:
#   prod:
#     root: overlays/prod
`;
  return `${named}
# Findings from the first day are known, and only new ones count; --no-baseline shows all of them.
${hasBaseline ? '' : '# '}baseline: ${baselineName}

# The Kubernetes version of the clusters.
# kubernetesVersion: "${defaultKubernetesVersion}"

# Which policies apply: default, baseline, restricted, recommended, acceptance, all.
# profile: recommended
${absentText(absent)}
# Objects that are in the clusters, but not in this repository.
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

/** No package is named that somebody else might publish: a variable that is not set stops the job with what to write. */
function checkCommand({ version, path, baseline }: CheckCall): string {
  const program = `\${CDB_LINT:?write the package that you install it from, as npx --yes @SCOPE/cdb-lint@${version}}`;
  const words = [program, path === '' ? '.' : shellWord(path)];
  return [...words, ...(baseline === undefined ? [] : ['--baseline', baseline])].join(' ');
}

function shellWord(text: string): string {
  return /^[\w./-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A workflow with no right but to read. The action has no address that this version knows, so that its step fails with what to write. */
export function firstWorkflow({ path, baseline }: CheckCall): string {
  const inputs = [
    ...(path === '' ? [] : [`paths: ${JSON.stringify(path)}`]),
    ...(baseline === undefined ? [] : [`baseline: ${baseline}`]),
  ];
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
          # The merge and its base: only findings of the pull request count.
          fetch-depth: 2
          persist-credentials: false
      # Replace this step with the cdb-lint action: OWNER is the owner of its repository, COMMIT the commit of a release.
      #   - uses: OWNER/cdb-lint@COMMIT
      #     with:
      #       base: "" # HEAD^1 of a pull request; none checks everything
${inputs.map((one) => `      #       ${one}\n`).join('')}      - run: |
          echo "::error title=cdb-lint::replace this step with the cdb-lint action, see .github/workflows/cdb-lint.yml"
          exit 2
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
