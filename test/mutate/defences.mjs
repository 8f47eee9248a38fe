const ofCredentials = ['shapes', 'words', 'token-shapes', 'credentials'].map(
  (name) => `test/credential/${name}.test.ts`,
);
const ofHidden = ['phrases-in-text', 'hidden-in-text'].map((name) => `test/credential/${name}.test.ts`);
const ofSecrets = ['secrets', 'repeated-secrets', 'window'].map((name) => `test/run/${name}.test.ts`);

/** The code that defends, by what it defends; each file with the tests that hold it, without those that run the whole tool for minutes. */
export const defences = {
  escaping: {
    'src/report/finding/code-frame.ts': ['test/report/code-frame.test.ts'],
    'src/report/html/frame.ts': ['test/report/html-frame.test.ts'],
    'src/report/visible.ts': ['test/report/visible.test.ts', 'test/report/sinks.test.ts'],
    'src/report/machine/workflow-command.ts': ['test/report/github.test.ts', 'test/report/sinks.test.ts'],
    'src/report/machine/xml.ts': ['test/report/junit.test.ts', 'test/report/sinks.test.ts'],
    'src/report/machine/json-text.ts': ['test/report/visible.test.ts', 'test/report/sinks.test.ts'],
    'src/report/html/html-text.ts': ['test/report/sinks.test.ts'],
    'src/report/markdown/markdown-text.ts': ['test/report/markdown.test.ts', 'test/report/sinks.test.ts'],
  },
  verdict: {
    'src/diagnostic/severity.ts': ['test/diagnostic/severity.test.ts'],
    'src/diagnostic/first-where.ts': ['test/diagnostic/first-where.test.ts'],
    'src/accept/unknown-rules.ts': ['test/accept/unknown-rules.test.ts'],
    'src/accept/load-baseline.ts': ['test/accept/load-baseline.test.ts'],
    'src/accept/not-judged.ts': ['test/configuration/not-judged.test.ts'],
    'src/command/print-report.ts': ['test/command/print-report.test.ts'],
    'src/command/io.ts': ['test/command/io.test.ts'],
    'src/run/few-enough.ts': ['test/run/few-enough.test.ts'],
    'src/run/one-cause.ts': ['test/run/one-cause.test.ts'],
    'src/run/assemble-run.ts': ['test/run/assemble-run.test.ts'],
    'src/run/settle.ts': ['test/run/settle.test.ts'],
    'src/run/report-run.ts': ['test/run/report-run.test.ts'],
    'src/run/confirm.ts': ['test/run/confirm.test.ts'],
    'src/change/unrendered.ts': ['test/change/unrendered.test.ts'],
    'src/report/finding/compare.ts': ['test/report/compare.test.ts'],
    'src/report/finding/baseline.ts': ['test/report/baseline.test.ts'],
    'src/report/finding/pair.ts': ['test/report/pair.test.ts'],
    'src/object/stumble.ts': ['test/object/stumble.test.ts'],
    'src/report/finding/verdict.ts': ['test/report/verdict.test.ts'],
    'src/run/deserved-errors.ts': ['test/run/deserved-errors.test.ts', 'test/hostile/lowered.test.ts'],
  },
  gate: {
    'src/run/gate.ts': ['test/run/gated-change.test.ts'],
    'src/run/base-evidence.ts': ['test/run/base-evidence.test.ts'],
    'src/run/carried-judgements.ts': ['test/run/carried-judgements.test.ts'],
    'src/run/partial.ts': ['test/run/partial.test.ts'],
    'src/run/reached.ts': ['test/run/reached.test.ts', 'test/run/gated-change.test.ts'],
    ...withTests(
      'src/run',
      ['test/run/weakened.test.ts'],
      ['lay-down', 'moved-away', 'stand-ins', 'weakened', 'weakened-policies'],
    ),
    'src/accept/weakened-settings.ts': ['test/accept/weakened-settings.test.ts'],
    'src/accept/apply-settings.ts': ['test/accept/apply-settings.test.ts'],
    'src/accept/apply-suppressions.ts': ['test/accept/apply-suppressions.test.ts'],
    'src/command/shard-report.ts': ['test/command/shard-report.test.ts'],
  },
  redaction: {
    'src/report/finding/masked-text.ts': ['test/report/masked-text.test.ts'],
    'src/report/finding/secrets-within.ts': ['test/report/secrets-within.test.ts'],
    'src/report/finding/secret-pieces.ts': ['test/report/secret-pieces.test.ts'],
    'src/credential/secret-phrases.ts': ['test/credential/secret-phrases.test.ts'],
    'src/build/secret-spans.ts': ['test/report/secret-spans.test.ts'],
    'src/report/finding/redact.ts': ['test/report/redact-values.test.ts', 'test/report/redact.test.ts'],
    'src/object/secret-values.ts': ['test/object/secret-values.test.ts'],
    ...withTests('src/run', ofSecrets, [
      'repeated-secrets',
      'secret-names',
      'secrets',
      'window',
      'written-scalars',
    ]),
    ...withTests('src/credential', ofCredentials, [
      'characters',
      'dots',
      'known-token',
      'not-secret',
      'part-of-word',
      'private-key',
      'random-text',
      'secret-name',
      'secret-value',
      'standing-at',
      'stretch',
      'token-shapes',
    ]),
    'src/credential/address-password.ts': [...ofCredentials, 'test/credential/hidden-in-text.test.ts'],
    ...withTests('src/credential', ofHidden, ['address-query', 'hidden-in-text', 'phrases-in-text']),
    'src/credential/prose-words.ts': [
      'test/credential/secret-phrases.test.ts',
      'test/credential/prose-words.test.ts',
    ],
    'src/credential/recent-texts.ts': ['test/credential/recent-texts.test.ts'],
    'src/credential/credentials-below.ts': ['test/credential/credentials-below.test.ts'],
    'src/credential/plain-secrets.ts': ['test/credential/plain-secrets.test.ts'],
    'src/credential/kubeconfig-login.ts': ['test/credential/kubeconfig-login.test.ts'],
    ...withTests(
      'src',
      ['test/chart/without-secrets.test.ts'],
      ['chart/without-secrets', 'credential/without-values'],
    ),
    'src/build/secret-files.ts': ['test/build/secret-files.test.ts'],
    'src/build/guessed-secrets.ts': ['test/build/guessed-secrets.test.ts'],
    'src/report/finding/hide-names.ts': ['test/report/hide-names.test.ts'],
  },
  reading: {
    'src/source/decode-text.ts': ['test/source/decode-text.test.ts'],
    'src/source/load.ts': ['test/source/load.test.ts'],
    'src/source/path.ts': ['test/source/path.test.ts'],
    'src/source/own.ts': ['test/source/own-values.test.ts'],
    'src/source/value-text.ts': ['test/source/own-values.test.ts'],
    'src/source/yaml/hidden-text.ts': [
      'test/source/hidden-characters.test.ts',
      'test/source/hidden-text.test.ts',
    ],
    'src/source/yaml/split-stream.ts': ['test/source/split-stream.test.ts'],
    'src/source/yaml/split-json.ts': ['test/source/split-stream.test.ts'],
    'src/object/list-items.ts': ['test/object/list-items.test.ts'],
  },
  budgets: {
    'src/source/effort.ts': ['test/source/effort.test.ts'],
    'src/chart/chart-budget.ts': ['test/chart/chart-budget.test.ts'],
    'src/build/build-work.ts': ['test/build/build-work.test.ts'],
    'src/build/object-size.ts': ['test/build/build-work.test.ts'],
    'src/admit/policy/run-budget.ts': ['test/admit/run-budget.test.ts'],
    'src/run/beyond-limit.ts': ['test/run/beyond-limit.test.ts'],
  },
  git: {
    'src/source/git-answers.ts': ['test/source/git-answers.test.ts'],
  },
  limits: {
    'src/source/exact-names.ts': ['test/source/exact-names.test.ts'],
    'src/source/gunzip.ts': ['test/source/decode-text.test.ts'],
    'src/source/replace-file.ts': ['test/source/replace-file.test.ts'],
    'src/source/disk.ts': [
      'test/source/disk-reading.test.ts',
      'test/source/swapped-file.test.ts',
      'test/source/disk.test.ts',
    ],
    'src/source/tar.ts': ['test/source/tar.test.ts', 'test/hostile/packed-charts.test.ts'],
    'src/source/create-file.ts': ['test/source/create-file.test.ts'],
    'src/source/overlay.ts': ['test/source/overlay.test.ts'],
    'src/source/files-below.ts': ['test/source/files-below.test.ts'],
    'src/source/follow-links.ts': ['test/source/follow-links.test.ts'],
    'src/reconcile/too-much.ts': ['test/reconcile/too-much.test.ts'],
  },
};

/** A sample of what checks: rules by the examples on their pages, policies by expressions in CEL, and what an API server asks for. */
export const samples = {
  rules: withTests(
    'src/rules',
    ['test/mutate/rules.ts'],
    [
      'argocd/application-project-default',
      'argocd/hook-left-behind',
      'flux/source-insecure',
      'flux/timeout-beyond-interval',
      'flux/prune-disabled-throughout',
      'network/route-backend-missing',
      'network/network-policy-selects-nothing',
      'ownership/paths-overlap',
      'workload/disruption-budget-blocks',
      'workload/grace-period-too-short',
    ],
  ),
  policies: withTests(
    'src/admit/policy',
    ['cel', 'cel-values', 'cel-types'].map((name) => `test/admit/policy/${name}.test.ts`),
    ['scan-cel', 'unify', 'cel-type'],
  ),
  admission: withTests(
    'src/admit/validation',
    [
      'test/conformance/own-admission.test.ts',
      ...['kinds', 'pod', 'workloads'].map((name) => `test/admit/validation/${name}.test.ts`),
    ],
    ['container-ports', 'network-policy', 'service', 'stateful-set'],
  ),
};

function withTests(folder, tests, names) {
  return Object.fromEntries(names.map((name) => [`${folder}/${name}.ts`, tests]));
}
