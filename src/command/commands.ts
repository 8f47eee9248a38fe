import {
  appliedBy,
  type Command,
  failOn,
  format,
  kubernetesVersion,
  type Option,
  requireSchemas,
  root,
} from './options.ts';

const environment: Option = {
  name: 'environment',
  value: 'NAME',
  words: 'judge only this environment; repeatable',
  repeatable: true,
};

const profile: Option = {
  name: 'profile',
  value: 'NAME',
  words: 'policies: acceptance (default), baseline, restricted, recommended, all',
  oneOf: ['acceptance', 'baseline', 'restricted', 'recommended', 'all'],
};

const minCoverage: Option = {
  name: 'min-coverage',
  value: 'PERCENT',
  words: 'exit 2 where less of the known objects can be judged in full',
};

const config: Option = {
  name: 'config',
  value: 'FILE',
  words: 'the configuration (default: the nearest cdb-lint.yaml)',
};

export const lintCommand: Command = {
  name: 'lint',
  synopsis: 'cdb-lint [PATH…]',
  words: 'build, admit and judge what is deployed below PATH (default: .)',
  examples: [
    ['cdb-lint k8s/', 'judge every environment below k8s/'],
    ['cdb-lint k8s/ --environment prod --fail-on warning', 'one environment, strictly'],
    ['cdb-lint --format concise --watch', 'one line a finding, again after each save'],
    ['cdb-lint --format json=report.json --format terminal', 'for machines and for people'],
    ['cdb-lint --format html=report.html', 'a page to open and to share'],
  ],
  operands: { min: 0, max: Number.POSITIVE_INFINITY, name: 'PATH' },
  options: [
    format,
    failOn,
    environment,
    profile,
    minCoverage,
    { name: 'only', value: 'RULE', words: 'run only this rule; repeatable', repeatable: true },
    { name: 'skip', value: 'RULE', words: 'leave this rule out; repeatable', repeatable: true },
    kubernetesVersion,
    appliedBy('as Flux or kubectl'),
    requireSchemas,
    {
      name: 'baseline',
      value: 'FILE',
      words: "count only what this file of known findings does not know (default: the configuration's)",
    },
    { name: 'no-baseline', words: 'count everything, whatever baseline the configuration names' },
    { name: 'update-baseline', words: 'write everything that is found now to the baseline' },
    { name: 'touched', words: 'PATHs are changed files: judge only the entry points that read one of them' },
    {
      name: 'fix',
      mode: 'preview',
      words: 'repair what has one right answer; with =preview print it as a diff',
    },
    { name: 'watch', words: 'judge again whenever a file that matters is saved' },
    { name: 'stats', words: 'say what was looked at and how long each step took' },
    config,
    root,
  ],
};

export const admitCommand: Command = {
  name: 'admit',
  synopsis: 'cdb-lint admit FILE|DIR|-…',
  words: 'judge each document as an API server would: no Kustomize, no rules',
  examples: [
    ['cdb-lint admit pod.yaml', 'one file'],
    ['helm template chart/ | cdb-lint admit -', 'what another tool renders'],
    ['cdb-lint admit manifests/ --kubernetes-version 1.31,1.36', 'for two versions at once'],
  ],
  operands: { min: 1, max: Number.POSITIVE_INFINITY, name: 'FILE, DIR or -' },
  options: [format, failOn, kubernetesVersion, appliedBy('create'), requireSchemas, root],
};

export const reportCommand: Command = {
  name: 'report',
  synopsis: 'cdb-lint report [PATH…]',
  words: 'write what is delivered below PATH, with the line behind each claim (default: .)',
  examples: [
    ['cdb-lint report k8s/ > k8s/DELIVERY_SUMMARY.md', 'a page to commit'],
    ['cdb-lint report k8s/ | diff k8s/DELIVERY_SUMMARY.md -', 'whether it is still true'],
    ['cdb-lint report --format json', 'for machines'],
  ],
  operands: { min: 0, max: Number.POSITIVE_INFINITY, name: 'PATH' },
  options: [
    {
      name: 'format',
      value: 'NAME',
      words: 'markdown (default), json, html',
      oneOf: ['markdown', 'json', 'html'],
    },
    failOn,
    environment,
    profile,
    minCoverage,
    kubernetesVersion,
    appliedBy('as Flux or kubectl'),
    requireSchemas,
    config,
    root,
  ],
};

export const renderCommand: Command = {
  name: 'render',
  synopsis: 'cdb-lint render DIR',
  words: 'print what `kustomize build DIR` prints',
  examples: [
    ['cdb-lint render k8s/overlays/prod | kubectl diff -f -', 'what would change in the cluster'],
    ['cdb-lint render k8s/overlays/prod --origins', 'each line with the file that set it'],
    ['cdb-lint render --all k8s/', 'every root at once'],
  ],
  operands: { min: 1, max: 1, name: 'DIR' },
  options: [
    { name: 'all', words: 'print every root below DIR, each under a comment with its directory' },
    { name: 'reorder', value: 'ORDER', words: 'none or legacy', oneOf: ['none', 'legacy'] },
    {
      name: 'load-restrictor',
      value: 'NAME',
      words: 'root-only (default) or none',
      oneOf: ['none', 'root-only'],
    },
    { name: 'enable-managedby-label', words: 'add app.kubernetes.io/managed-by' },
    { name: 'origins', words: 'add to each line where its value comes from, as a comment' },
    root,
  ],
};

export const blameCommand: Command = {
  name: 'blame',
  synopsis: 'cdb-lint blame DIR KIND/NAME [FIELD]',
  words: 'say which line set each value, or every layer of one field',
  examples: [
    ['cdb-lint blame k8s/overlays/prod Deployment/ws', 'the whole object'],
    ['cdb-lint blame k8s/overlays/prod Deployment/ws spec.replicas', 'every layer of one field'],
    ["cdb-lint blame k8s/overlays/prod Deployment/ws 'spec.template.spec.containers[name=ws].image'", ''],
  ],
  operands: { min: 2, max: 3, name: 'DIR KIND/NAME FIELD' },
  options: [root],
};

export const graphCommand: Command = {
  name: 'graph',
  synopsis: 'cdb-lint graph [DIR]',
  words: 'draw what Flux and Argo CD deploy, in which order (default: .)',
  examples: [
    ['cdb-lint graph', 'as Mermaid, which GitHub draws'],
    ['cdb-lint graph --format svg > deployment.svg', 'as a picture, light and dark'],
    ['cdb-lint graph clusters/prod --format dot | dot -Tpng', 'one cluster, by Graphviz'],
  ],
  operands: { min: 0, max: 1, name: 'DIR' },
  options: [
    {
      name: 'format',
      value: 'NAME',
      words: 'mermaid (default), dot or svg',
      oneOf: ['mermaid', 'dot', 'svg'],
    },
    root,
  ],
};

export const explainCommand: Command = {
  name: 'explain',
  synopsis: 'cdb-lint explain RULE|FINGERPRINT|FILE:LINE [PATH]',
  words: 'say what a rule wants and why, or how the value of a finding came to be',
  examples: [
    ['cdb-lint explain image-not-pinned', 'the page of a rule: why, bad and good examples'],
    ['cdb-lint explain k8s/base/services/ws-deployment.yaml:74', 'what is found at a line'],
    ['cdb-lint explain 5bf3ed4c', 'one finding, by the first digits of its fingerprint'],
  ],
  operands: { min: 1, max: 2, name: 'RULE, FINGERPRINT or FILE:LINE' },
  options: [root],
};

export const rulesCommand: Command = {
  name: 'rules',
  synopsis: 'cdb-lint rules',
  words: 'list the rules',
  examples: [['cdb-lint rules | grep secret', 'the ones about secrets']],
  operands: { min: 0, max: 0, name: '' },
  options: [],
};

export const testCommand: Command = {
  name: 'test',
  synopsis: 'cdb-lint test [DIR]',
  words: 'run the pages of the policies below DIR (default: policies)',
  examples: [['cdb-lint test policies/ --kubernetes-version 1.31', 'as an API server of that version']],
  operands: { min: 0, max: 1, name: 'DIR' },
  options: [
    { name: 'kubernetes-version', value: '1.NN', words: 'the version to compile and judge for' },
    root,
  ],
};

export const initCommand: Command = {
  name: 'init',
  synopsis: 'cdb-lint init [DIR] | init policy NAME [DIR]',
  words: 'write a configuration, a workflow and a baseline, or a policy and its page',
  examples: [
    ['cdb-lint init', 'look at the repository and write what it needs to begin with'],
    ['cdb-lint init --dry-run', 'only say what would be written'],
    ['cdb-lint init policy team-label-missing', 'policies/team-label-missing.yaml and its page'],
  ],
  operands: { min: 0, max: 3, name: 'DIR, or policy NAME' },
  options: [{ name: 'dry-run', words: 'write nothing, say what would be written' }, root],
};

export const completionCommand: Command = {
  name: 'completion',
  synopsis: 'cdb-lint completion bash|zsh|fish',
  words: 'print what makes a shell complete commands, options and rules',
  examples: [
    ['source <(cdb-lint completion bash)', 'in ~/.bashrc'],
    ['source <(cdb-lint completion zsh)', 'in ~/.zshrc, below compinit'],
    ['cdb-lint completion fish > ~/.config/fish/completions/cdb-lint.fish', ''],
  ],
  operands: { min: 1, max: 1, name: 'shell' },
  options: [],
};

export const lspCommand: Command = {
  name: 'lsp',
  synopsis: 'cdb-lint lsp',
  words: 'serve an editor: findings, hover, definitions and fixes over standard input and output',
  examples: [['cdb-lint lsp', 'the command that an editor starts']],
  operands: { min: 0, max: 0, name: '' },
  options: [{ name: 'stdio', words: 'what editors add, and the only way there is' }, root],
};

/** Every command but the one without a name, which lints. A new one has its line here, and one in `dispatch.ts`. */
export const namedCommands: readonly Command[] = [
  admitCommand,
  reportCommand,
  renderCommand,
  blameCommand,
  graphCommand,
  explainCommand,
  rulesCommand,
  testCommand,
  initCommand,
  completionCommand,
  lspCommand,
];
