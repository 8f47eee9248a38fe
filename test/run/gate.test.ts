import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { deployment, type Files, gate, plain, rulesOf, weakenings, without } from '../support/gate.ts';

const policy = (
  expression: string,
  name = 'team-label',
): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: ${name}}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}]
  validations: [{expression: ${JSON.stringify(expression)}, message: not like this}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: ${name}}
spec: {policyName: ${name}, validationActions: [Deny]}
`;

const rule = 'image-tag-is-latest';
/** A rule that judges the image of this Deployment with an error, found out rather than assumed. */
const bad = deployment('');
const brought = gate(plain, { ...plain, 'k8s/app/web.yaml': bad });
const [broken = rule] = rulesOf(brought);

describe('a change cannot decide by which rules it is checked', () => {
  const head = { ...plain, 'k8s/app/web.yaml': bad };
  const commented = bad.replace(/( *)(image: \S+)/u, `$1# cdb-lint-ignore: ${broken} -- trust me\n$1$2`);
  const annotated = bad.replace(
    'namespace: shop}',
    `namespace: shop, annotations: {cdb-lint.dev/ignore: "${broken} -- trust me"}}`,
  );
  const fingerprint = brought.findings.find((one) => one.rule === broken)?.fingerprint ?? '';
  const known = JSON.stringify({
    version: 1,
    findings: brought.findings.map((one) => ({
      fingerprint: one.fingerprint,
      rule: one.rule,
      file: 'k8s/app/web.yaml',
      since: '2026-01-01',
    })),
  });

  const ways: Readonly<Record<string, readonly [Files, string]>> = {
    'a rule that is off': [
      { ...head, 'cdb-lint.yaml': `rules: {${broken}: {severity: 'off'}}\n` },
      `rule ${broken}`,
    ],
    'a rule that is a note': [
      { ...head, 'cdb-lint.yaml': `rules: {${broken}: {severity: note}}\n` },
      `rule ${broken}`,
    ],
    'a configuration in a folder of its own': [
      { ...head, 'k8s/cdb-lint.yaml': `rules: {${broken}: {severity: 'off'}}\n` },
      `rule ${broken}`,
    ],
    'an exclusion': [
      {
        ...head,
        'cdb-lint.yaml': `exclusions: [{rule: ${broken}, file: k8s/app/web.yaml, reason: trust me}]\n`,
      },
      'exclusions',
    ],
    'a pattern under ignore': [{ ...head, 'cdb-lint.yaml': 'ignore: [k8s/app/]\n' }, 'ignore'],
    'a baseline': [{ ...head, 'cdb-lint.yaml': 'baseline: known.json\n', 'known.json': known }, 'baseline'],
    'a comment': [{ ...plain, 'k8s/app/web.yaml': commented }, 'a new comment'],
    'an annotation': [{ ...plain, 'k8s/app/web.yaml': annotated }, 'a new annotation'],
  };

  it('and the ways below are of a finding that counts', () => {
    expect(fingerprint).toMatch(/^[0-9a-f]{32}$/u);
  });

  it.each(Object.entries(ways))('by %s', (_, [change, words]) => {
    const report = gate(plain, change);
    expect(rulesOf(report)).toContain(broken);
    expect(report.exitCode).toBe(1);
    expect(weakenings(report).join('\n')).toContain(words);
  });

  it('by an entry more in the baseline of the base', () => {
    const settings = { 'cdb-lint.yaml': 'baseline: known.json\n' };
    const none = JSON.stringify({ version: 1, findings: [] });
    const report = gate(
      { ...plain, ...settings, 'known.json': none },
      { ...head, ...settings, 'known.json': known },
    );
    expect(report.exitCode).toBe(1);
    expect(weakenings(report).join('\n')).toMatch(/the baseline known\.json has \d+ more/u);
  });

  it('by a comment that moves to another line', () => {
    const two = (first: string, second: string): string => `${first}---\n${second}`;
    const base = { ...plain, 'k8s/app/web.yaml': two(commented, deployment(':1.0', 'other')) };
    const moved = commented.replaceAll('web', 'other').replace('/other', '/web');
    const report = gate(base, { ...plain, 'k8s/app/web.yaml': two(deployment(':1.0'), moved) });
    expect(report.exitCode).toBe(1);
    expect(weakenings(report).join('\n')).toContain('a new comment');
  });

  it('but a comment of the base holds while the value next to it changes', () => {
    const base = { ...plain, 'k8s/app/web.yaml': commented };
    const report = gate(base, { ...plain, 'k8s/app/web.yaml': commented.replace('/web', '/web-next') });
    expect(report.exitCode).toBe(0);
    expect(weakenings(report)).toEqual([]);
  });

  it('and a comment that is taken away lets its finding count', () => {
    expect(gate({ ...plain, 'k8s/app/web.yaml': commented }, head).exitCode).toBe(1);
  });

  describe('by its own policies:', () => {
    const strict = policy("has(object.metadata.labels) && 'team' in object.metadata.labels");
    const base: Files = {
      'k8s/app/kustomization.yaml': 'resources: [web.yaml, policy.yaml]\n',
      'k8s/app/web.yaml': deployment(':1.0').replace('{name: web,', '{name: web, labels: {team: a},'),
      'k8s/app/policy.yaml': strict,
    };
    const unlabelled = { ...base, 'k8s/app/web.yaml': deployment(':1.0') };
    const cases: Readonly<Record<string, readonly [Files, string]>> = {
      'one that stays': [unlabelled, ''],
      'one that is weaker': [{ ...unlabelled, 'k8s/app/policy.yaml': policy('true') }, 'differs'],
      'one that only warns': [
        { ...unlabelled, 'k8s/app/policy.yaml': strict.replace('[Deny]', '[Audit]') },
        'differs',
      ],
      'one that is gone': [
        {
          ...without(unlabelled, 'k8s/app/policy.yaml'),
          'k8s/app/kustomization.yaml': 'resources: [web.yaml]\n',
        },
        'is gone',
      ],
      'one whose binding is gone': [
        { ...unlabelled, 'k8s/app/policy.yaml': strict.split('---')[0] ?? '' },
        'is gone',
      ],
    };
    it.each(Object.entries(cases))('%s', (_, [change, words]) => {
      const report = gate(base, change);
      expect(rulesOf(report)).toContain('team-label');
      expect(report.exitCode).toBe(1);
      expect(weakenings(report).join('\n')).toContain(words);
    });

    it('but what a new one asks for counts at once', () => {
      const report = gate({ ...base, 'k8s/app/policy.yaml': policy('true') }, unlabelled);
      expect(rulesOf(report)).toContain('team-label');
    });
  });

  describe('by taking files out of sight:', () => {
    const base: Files = { 'k8s/web.yaml': deployment(':1.0'), 'k8s/other.yaml': deployment(':1.0', 'other') };
    const cases: Readonly<Record<string, Files>> = {
      'a folder that is not checked': {
        ...without(base, 'k8s/web.yaml'),
        'elsewhere/web.yaml': deployment(':1.0'),
      },
      'a folder of tests': { ...without(base, 'k8s/web.yaml'), 'k8s/testdata/web.yaml': deployment(':1.0') },
      'vendored code': {
        ...without(base, 'k8s/web.yaml'),
        'k8s/vendor/modules.txt': '# a v1.0.0\n',
        'k8s/vendor/a/web.yaml': deployment(':1.0'),
      },
      'another ending': { ...without(base, 'k8s/web.yaml'), 'k8s/web.yaml.txt': deployment(':1.0') },
    };
    it.each(Object.entries(cases))('%s', (_, change) => {
      expect(weakenings(gate(base, change)).join('\n')).toMatch(/web\.yaml (?:still exists|is now at)/u);
    });

    it('the templates of a chart, of what looks like one', () => {
      const text = deployment(':1.0').replace(
        'namespace: shop',
        'namespace: shop, annotations: {a: "{{ b }}"}',
      );
      const chart = { 'k8s/Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n' };
      const report = gate(
        { ...base, 'k8s/web.yaml': text },
        { ...without(base, 'k8s/web.yaml'), ...chart, 'k8s/templates/web.yaml': text },
      );
      expect(weakenings(report).join('\n')).toContain('k8s/web.yaml is now at k8s/templates/web.yaml');
    });

    it('a test file next to what is checked', () => {
      const deep = { 'k8s/app/web.yaml': deployment(':1.0'), 'k8s/other.yaml': deployment(':1.0', 'other') };
      const report = gate(deep, {
        ...deep,
        'k8s/app/chainsaw-test.yaml':
          'apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\nmetadata: {name: a}\n',
      });
      expect(weakenings(report).join('\n')).toContain('k8s/app/web.yaml still exists');
    });

    it('a folder that is not checked, where it is edited on the way', () => {
      const edited = deployment(':1.0').replace('replicas: 2', 'replicas: 3').replace(':1.0', ':1.1');
      const report = gate(base, { ...without(base, 'k8s/web.yaml'), 'elsewhere/web.yaml': edited });
      expect(weakenings(report).join('\n')).toContain('k8s/web.yaml is now at elsewhere/web.yaml');
      const other = {
        'elsewhere/web.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: b\nspec:\n  a: b\n',
      };
      expect(weakenings(gate(base, { ...without(base, 'k8s/web.yaml'), ...other }))).toEqual([]);
    });

    it.each(['elsewhere/site.yaml', 'elsewhere/site.txt', 'k8s/site.bak', 'k8s/testdata/site.yml'])(
      '%s, under another name and edited on the way',
      (path) => {
        const edited = deployment(':1.0').replace('replicas: 2', 'replicas: 3').replace(':1.0', ':1.1');
        const report = gate(base, { ...without(base, 'k8s/web.yaml'), [path]: `# parked\n${edited}` });
        expect(weakenings(report).join('\n')).toContain(`k8s/web.yaml is now at ${path}`);
      },
    );

    it('but another object like it, or a file that was there before, is none that moved', () => {
      const less = without(base, 'k8s/web.yaml');
      expect(weakenings(gate(base, { ...less, 'elsewhere/site.yaml': deployment(':1.1', 'site') }))).toEqual(
        [],
      );
      const copy = { 'elsewhere/site.yaml': deployment(':1.1') };
      expect(weakenings(gate({ ...base, ...copy }, { ...less, ...copy }))).toEqual([]);
    });

    it('a folder of the same name, with a kustomization that is edited on the way', () => {
      const kustomization =
        'namespace: shop\nnamePrefix: a-\nlabels: [{pairs: {a: b}}]\nresources: [web.yaml]\n';
      const before = { ...plain, 'k8s/app/kustomization.yaml': kustomization };
      const edited = kustomization.replace('a-', 'b-');
      const at = (path: string): Report =>
        gate(before, {
          ...without(before, 'k8s/app/kustomization.yaml', 'k8s/app/web.yaml'),
          [path]: edited,
        });
      const words = 'k8s/app/kustomization.yaml is now at elsewhere/app/kustomization.yaml';
      expect(weakenings(at('elsewhere/app/kustomization.yaml')).join('\n')).toContain(words);
      expect(weakenings(at('elsewhere/other/kustomization.yaml'))).toEqual([]);
    });

    it('but not where there are too many files to look at, which is said', () => {
      const names = Array.from({ length: 100_001 }, (_, index) => ({
        name: `${index}`,
        kind: 'file' as const,
      }));
      const after = memoryFileSystem({ ...without(base, 'k8s/web.yaml'), 'many/a': '' });
      const list: typeof after.list = (path) => (path === 'many' ? names : after.list(path));
      const report = gate(base, {}, { fileSystem: { ...after, list } });
      expect(weakenings(report).join('\n')).toContain('there are more than 100,000 files and directories');
    });

    it('but deleting a file is no way', () => {
      expect(weakenings(gate(base, without(base, 'k8s/web.yaml')))).toEqual([]);
    });
  });

  const settings: Readonly<Record<string, readonly [string, string, string]>> = {
    profile: ['profile: restricted\n', 'profile: acceptance\n', 'profile was restricted and is acceptance'],
    version: ['kubernetesVersion: "1.36"\n', 'kubernetesVersion: "1.30"\n', 'kubernetesVersion'],
    schemas: ['requireSchemas: true\n', '{}\n', 'requireSchemas'],
    loose: ['{}\n', 'looseSchemas: [{kind: Widget, reason: trust me}]\n', 'looseSchemas has Widget'],
    provided: ['{}\n', 'provided: [{kind: Secret, name: a}]\n', 'provided has a'],
    registries: ['privateRegistries: [registry.example.com]\n', '{}\n', 'privateRegistries'],
    substitution: [
      'flux: {strictSubstitution: true}\n',
      'flux: {strictSubstitution: false}\n',
      'strictSubstitution',
    ],
    difference: [
      '{}\n',
      'approvedDifferences: [{property: replicas, reason: trust me}]\n',
      'approvedDifferences',
    ],
    exclusion: [
      'exclusions: [{rule: reference-missing, object: web, reason: a, expires: 2027-01-01}]\n',
      'exclusions: [{rule: reference-missing, object: web, reason: a, expires: 2028-01-01}]\n',
      'exclusions has reference-missing',
    ],
  };
  it.each(Object.entries(settings))('and is told of by its setting: %s', (_, [before, after, words]) => {
    const base = { ...plain, 'cdb-lint.yaml': before };
    expect(weakenings(gate(base, { ...base, 'cdb-lint.yaml': after })).join('\n')).toContain(words);
    const back = weakenings(gate({ ...base, 'cdb-lint.yaml': after }, base)).join('\n');
    if (!['version', 'profile', 'substitution', 'exclusion'].includes(_)) expect(back).toBe('');
  });

  const each: Readonly<Record<string, readonly [string, string]>> = {
    kubernetesVersion: ['{}\n', 'kubernetesVersion: "1.30"\n'],
    appliedBy: ['{}\n', 'appliedBy: server-side-apply\n'],
    profile: ['profile: restricted\n', 'profile: baseline\n'],
    profiles: ['{}\n', 'profiles: {own: {extends: [baseline]}}\n'],
    thirdParty: ['{}\n', 'thirdParty: {paths: [k8s/app]}\n'],
    baseline: ['{}\n', 'baseline: known.json\n'],
    environments: ['environments: {prod: {root: k8s/app}}\n', '{}\n'],
    ignore: ['{}\n', 'ignore: [k8s/app]\n'],
    repositories: ['{}\n', 'repositories: ["https://example.com/a"]\n'],
    flux: ['flux: {strictSubstitution: true}\n', '{}\n'],
    requiredWorkloads: [
      'environments: {prod: {root: k8s/app}}\nrequiredWorkloads: [web]\n',
      'environments: {prod: {root: k8s/app}}\n',
    ],
    provided: ['{}\n', 'provided: [{kind: Secret, name: a}]\n'],
    privateRegistries: ['privateRegistries: [registry.example.com]\n', '{}\n'],
    argocd: ['{}\n', 'argocd: {clusters: clusters.yaml}\n'],
    alternatives: ['{}\n', 'alternatives: [{paths: [k8s/app, k8s/b], reason: trust me}]\n'],
    promotion: ['promotion: [[dev], [prod]]\n', '{}\n'],
    remotes: ['{}\n', 'remotes: {"https://example.com/a": elsewhere}\n'],
    charts: ['{}\n', 'charts: charts\n'],
    sourceHosts: ['sourceHosts: [example.com]\n', '{}\n'],
    notJudged: ['{}\n', 'notJudged: [{chart: web, reason: trust me}]\n'],
    schemas: ['schemas: [crds]\n', '{}\n'],
    inlineSuppressions: ['inlineSuppressions: forbidden\n', '{}\n'],
    requireSchemas: ['requireSchemas: true\n', '{}\n'],
    looseSchemas: ['{}\n', 'looseSchemas: [{kind: Widget, reason: trust me}]\n'],
    rules: ['{}\n', "rules: {image-not-pinned: {severity: 'off'}}\n"],
    exclusions: ['{}\n', 'exclusions: [{rule: reference-missing, object: web, reason: a}]\n'],
    acknowledgeBy: ['acknowledgeBy: [configuration]\n', '{}\n'],
    approvedDifferences: ['{}\n', 'approvedDifferences: [{property: replicas, reason: trust me}]\n'],
  };
  // Acknowledgements are read from the head on purpose, and count once.
  const apart = ['$schema', 'acknowledged'];

  it('has a way for each setting that there is', () => {
    const schema = JSON.parse(readFileSync(new URL('../../schema/config.json', import.meta.url), 'utf8')) as {
      properties: object;
    };
    expect(
      Object.keys(schema.properties)
        .filter((one) => !apart.includes(one))
        .sort(),
    ).toEqual(Object.keys(each).sort());
  });

  it.each(Object.entries(each))('and is told of by each setting: %s', (_, [before, after]) => {
    const more = {
      'known.json': JSON.stringify({
        version: 1,
        findings: [{ fingerprint: '0'.repeat(32), rule: 'a', file: 'a', since: '2026-01-01' }],
      }),
      'clusters.yaml': 'clusters: []\n',
      'crds/crd.yaml': 'a: b\n',
    };
    const base = { ...plain, ...more, 'cdb-lint.yaml': before };
    const report = gate(base, { ...base, 'cdb-lint.yaml': after });
    expect(weakenings(report)).not.toEqual([]);
    expect(rulesOf(report)).not.toContain('configuration-invalid');
  });

  it('unless the base says that it does not matter', () => {
    const off = "rules: {gate-weakened: {severity: 'off'}}\n";
    const report = gate(
      { ...plain, 'cdb-lint.yaml': off },
      { ...plain, 'cdb-lint.yaml': `${off}requireSchemas: false\n` },
    );
    expect(weakenings(report)).toEqual([]);
    const own = gate(plain, { ...plain, 'cdb-lint.yaml': `ignore: [x]\n${off}` });
    expect(weakenings(own)).not.toEqual([]);
  });

  it('as severely as the base says', () => {
    const error = 'rules: {gate-weakened: {severity: error}}\n';
    const base = { ...plain, 'cdb-lint.yaml': error };
    expect(
      gate(base, { ...base, 'cdb-lint.yaml': `${error}provided: [{kind: Secret, name: a}]\n` }).exitCode,
    ).toBe(1);
  });
});

describe('a kustomization that stood for itself', () => {
  const base = {
    'k8s/prod/kustomization.yaml': 'resources: [web.yaml]\n',
    'k8s/prod/web.yaml': deployment(':1.0.0'),
  };
  const mended = 'resources: [../prod]\nimages: [{name: registry.example.com/web, newTag: 1.0.1}]\n';

  it('is told of where another one includes it', () => {
    const report = gate(base, { ...base, 'k8s/x/kustomization.yaml': mended });
    expect(weakenings(report)).toEqual([
      'weakens the gate: k8s/prod is now checked only within what includes it',
    ]);
  });

  it('and nothing where it stands as before', () => {
    expect(weakenings(gate(base, { ...base, 'k8s/x/kustomization.yaml': 'resources: []\n' }))).toEqual([]);
  });
});

describe('a plain file that stays and is judged no more', () => {
  const beside = 'k8s/beside.yaml';
  const text = plain[beside] ?? '';
  it.each<[string, Files, string]>([
    [
      'beside a kustomization',
      { 'k8s/kustomization.yaml': 'resources: [app]\n' },
      'part of no build, so left out',
    ],
    [
      'as data of a generator',
      {
        'k8s/kustomization.yaml': 'resources: [app]\nconfigMapGenerator: [{name: a, files: [beside.yaml]}]\n',
      },
      'read by builds as data, so left out',
    ],
    [
      'with an annotation',
      {
        [beside]: text.replace(
          'beside}',
          'beside, annotations: {config.kubernetes.io/local-config: "true"}}',
        ),
      },
      'only for tools, because of its annotation local-config, so left out',
    ],
    ['as a template', { [beside]: `${text}{{ if x }}\n` }, 'templates of other tools, so left out'],
  ])('%s', (_, edits, why) => {
    const report = gate(plain, { ...plain, ...edits });
    expect(weakenings(report)).toContain(
      `weakens the gate: ${beside} still exists, but is not checked (${why})`,
    );
  });

  it('is none where it was left out before', () => {
    const base = { ...plain, [beside]: `${text}{{ if x }}\n` };
    expect(weakenings(gate(base, { ...base, 'k8s/app/web.yaml': deployment(':1.1') }))).toEqual([]);
  });
});

describe('what an owner applies', () => {
  const application = (more = ''): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: default
  source: {repoURL: https://git.example.com/team/fleet.git, path: k8s/shop, targetRevision: main${more}}
  destination: {server: https://kubernetes.default.svc, namespace: shop}
`;
  const base: Files = {
    'k8s/argocd/shop.yaml': application(),
    'k8s/shop/web.yaml': deployment(':1.0'),
  };

  it.each<[string, Files, string]>([
    [
      'by a plugin from now on',
      { 'k8s/argocd/shop.yaml': application(', plugin: {name: x}') },
      'Application shop: plugins are not executed',
    ],
    [
      'by a program next to its manifests',
      { 'k8s/shop/more.jsonnet': '{}\n' },
      'Application shop: k8s/shop/more.jsonnet is not executed',
    ],
  ])('%s', (_, edits, why) => {
    const words = `weakens the gate: less of what Application argocd/shop applies is rendered: ${why}`;
    expect(weakenings(gate(base, { ...base, ...edits }))).toContain(words);
    expect(weakenings(gate({ ...base, ...edits }, base))).toEqual([]);
    expect(weakenings(gate({ ...base, ...edits }, { ...base, ...edits }))).toEqual([]);
  });
});

describe('what decides for policies, beside policies', () => {
  const guard = (ref: string, selector = ''): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: few-replicas}
spec:
  paramKind: {apiVersion: v1, kind: ConfigMap}
  matchConstraints:
    ${selector}
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}]
  validations: [{expression: "object.spec.replicas <= int(params.data.most)", message: too many}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: few-replicas}
spec: {policyName: few-replicas, validationActions: [Deny], paramRef: {${ref}, parameterNotFoundAction: Deny}}
`;
  const most = (count: number): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: most, namespace: shop, labels: {for: policies}}\ndata: {most: "${count}"}\n`;
  const shop = (guarded: string): string =>
    `apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {guarded: "${guarded}"}}\n`;
  const many = deployment(':1.0').replace('replicas: 2', 'replicas: 9');
  const tree = (ref: string, selector?: string): Files => ({
    'k8s/app/kustomization.yaml': 'resources: [web.yaml, guard.yaml, most.yaml, shop.yaml]\n',
    'k8s/app/web.yaml': deployment(':1.0'),
    'k8s/app/guard.yaml': guard(ref, selector),
    'k8s/app/most.yaml': most(3),
    'k8s/app/shop.yaml': shop('yes'),
  });

  it.each<[string, Files, Files, string]>([
    ['a parameter by its name', tree('name: most'), { 'k8s/app/most.yaml': most(10) }, 'ConfigMap most'],
    [
      'a parameter by its labels',
      tree('selector: {matchLabels: {for: policies}}'),
      { 'k8s/app/most.yaml': most(10) },
      'ConfigMap most',
    ],
    [
      'the labels of a namespace',
      tree('name: most', 'namespaceSelector: {matchLabels: {guarded: "yes"}}'),
      { 'k8s/app/shop.yaml': shop('no') },
      'Namespace shop',
    ],
    [
      'the labels of a namespace, asked for by an expression',
      tree(
        'name: most',
        'namespaceSelector: {matchExpressions: [{key: guarded, operator: NotIn, values: ["no"]}]}',
      ),
      { 'k8s/app/shop.yaml': shop('no') },
      'Namespace shop',
    ],
  ])('%s counts as the base has it', (_, base, edits, title) => {
    const report = gate(base, { ...base, ...edits, 'k8s/app/web.yaml': many });
    expect(rulesOf(report)).toContain('few-replicas');
    expect(weakenings(report)).toContain(`weakens the gate: ${title} differs`);
  });

  it('counts also where the base wants no word of it', () => {
    const base = { ...tree('name: most'), 'cdb-lint.yaml': 'rules: {gate-weakened: off}\n' };
    const report = gate(base, { ...base, 'k8s/app/most.yaml': most(10), 'k8s/app/web.yaml': many });
    expect(rulesOf(report)).toContain('few-replicas');
    expect(weakenings(report)).toEqual([]);
  });

  it('is no weakening where a namespace gets another label', () => {
    const base = tree('name: most', 'namespaceSelector: {matchLabels: {guarded: "yes"}}');
    const labelled = shop('yes').replace('labels: {', 'labels: {a: b, ');
    expect(weakenings(gate(base, { ...base, 'k8s/app/shop.yaml': labelled }))).toEqual([]);
  });
});
