import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { lintFiles } from '../support/lint-files.ts';
import { platformFiles } from '../support/platform-files.ts';
import { project, withFolder } from '../support/run-cli.ts';

const files = platformFiles();
const all = readdirSync(join(project, 'k8s/components'));

/** The platform with components switched on where an environment lists them. */
function withComponents(environment: string, components: readonly string[]): Record<string, string> {
  const path = `k8s/overlays/${environment}/kustomization.yaml`;
  const text = files[path] ?? '';
  const entries = components.map((name) => `  - ../../components/${name}\n`).join('');
  const switched = text.includes('\ncomponents:\n')
    ? text.replace(/\ncomponents:\n((?: {2}- .+\n)+)/u, (block) => block + entries)
    : text.replace('\nlabels:\n', `\ncomponents:\n${entries}labels:\n`);
  return { ...files, [path]: switched };
}

/** An environment of its own on top of another one. */
function onTop(environment: string, components: readonly string[]): Record<string, string> {
  const lines = [
    'apiVersion: kustomize.config.k8s.io/v1beta1',
    'kind: Kustomization',
    'resources:',
    `  - ../${environment}`,
    'components:',
    ...components.map((name) => `  - ../../components/${name}`),
  ];
  const configuration = (files['cdb-lint.yaml'] ?? '')
    .replace(`root: k8s/overlays/${environment}`, 'root: k8s/overlays/on-top')
    .replace(/^requiredWorkloads: .*$/mu, '');
  const kustomization = `${lines.join('\n')}\n`;
  return {
    ...files,
    'k8s/overlays/on-top/kustomization.yaml': kustomization,
    'cdb-lint.yaml': configuration,
  };
}

function judge(given: Readonly<Record<string, string>>, environment: string) {
  const report = lintFiles(given, { paths: ['k8s'], environments: [environment] });
  expect(report.unchecked).toEqual([]);
  expect(report.findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  return report;
}

const withoutProvided = (given: Record<string, string>): Record<string, string> => {
  const text = given['cdb-lint.yaml'] ?? '';
  return { ...given, 'cdb-lint.yaml': text.slice(0, text.indexOf('\nprovided:')) };
};

describe('each component is switched on without a finding', () => {
  const cases: readonly (readonly [component: string, environment: string])[] = [
    ['autoscaling', 'prod'],
    ['external-secrets', 'dev'],
    ['tls', 'prod'],
    ['vault-secrets', 'dev'],
  ];

  it.each(cases)('%s in %s', (component, environment) => {
    judge(withComponents(environment, [component]), environment);
  });

  it.each([[['ephemeral']], [['unmonitored']], [['unmonitored', 'ephemeral']]])(
    '%j on top of dev',
    (components) => {
      judge(onTop('dev', components), 'dev');
    },
  );

  it('and none is left out', () => {
    const tested = new Set([...cases.map(([component]) => component), 'ephemeral', 'unmonitored']);
    const ofProd: string[] = parse(files['k8s/overlays/prod/kustomization.yaml'] ?? '').components;
    for (const path of ofProd) tested.add(path.slice(path.lastIndexOf('/') + 1));
    // Flux builds the two parts, see flux.test.ts.
    for (const part of ['only-applications', 'only-infrastructure']) tested.add(part);
    expect([...tested].sort()).toEqual([...all].sort());
  });
});

describe('the ways to a Secret', () => {
  it.each(['external-secrets', 'vault-secrets'])('%s makes every Secret of a pod', (component) => {
    judge(withoutProvided(withComponents('prod', [component])), 'prod');
  });

  it('and without one the Secrets are missing', () => {
    const { findings } = lintFiles(withoutProvided(files), { paths: ['k8s'], environments: ['dev'] });
    expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(['reference-missing']));
  });

  it('take each password of Redis from the same place for the server and for the client', () => {
    const documents = (path: string) =>
      (files[path] ?? '').split(/^---$/mu).map((text) => parse(text.replace(/^#.*$/gmu, '')));
    const external = documents('k8s/components/external-secrets/external-secrets.yaml');
    const vault = documents('k8s/components/vault-secrets/vault-secrets.yaml');
    const named = (some: { metadata: { name: string } }[], name: string) =>
      some.find(({ metadata }) => metadata.name === name) as unknown as {
        spec: {
          data: { secretKey: string; remoteRef: { key: string; property: string } }[];
          destination: { transformation: { templates: Record<string, { text: string }> } };
        };
      };
    for (const service of ['ws', 'signal', 'risk', 'execution', 'db-writer']) {
      const server = named(external, 'redis-acl').spec.data.find(({ secretKey }) => secretKey === service);
      const client = named(external, `${service}-credentials`).spec.data.find(
        ({ secretKey }) => secretKey === 'redis-password',
      );
      expect(client?.remoteRef).toEqual(server?.remoteRef);
      const templates = (name: string) => named(vault, name).spec.destination.transformation.templates;
      const password = templates(`${service}-credentials`)['redis-password']?.text;
      expect(password).toBe(`{{ get .Secrets "redis-${service}" }}`);
      expect(templates('redis-acl')['users.acl']?.text).toContain(`user ${service} on >${password} `);
    }
  });
});

describe('create-secrets.sh', () => {
  /** The scripts with stand-ins for kubectl and kubeseal that keep what they are given. */
  function place(folder: string): Record<string, string> {
    cpSync(join(project, 'k8s'), join(folder, 'k8s'), { recursive: true });
    symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
    mkdirSync(join(folder, 'bin'));
    const tools = {
      kubectl: `#!/bin/sh
printf '%s\\n' "$*" >> "${folder}/calls"
case "$1 $2" in
"kustomize "*) exec "${process.execPath}" "${project}/dist/cli.js" render "$2" --root "${folder}" ;;
"create secret")
  shift 2
  while [ $# -gt 0 ]; do case $1 in --namespace) ns=$2;; --from-file) dir=$2;; --type) type=$2;; generic) name=$2;; esac; shift; done
  printf 'apiVersion: v1\\nkind: Secret\\nmetadata:\\n  name: %s\\n  namespace: %s\\ntype: %s\\ndata:\\n' "$name" "$ns" "$type"
  for f in "$dir"/* "$dir"/.[a-z]*; do [ -f "$f" ] && printf '  %s: %s\\n' "$(basename "$f")" "$(base64 < "$f" | tr -d '\\n')"; done ;;
"create namespace") echo "kind: Namespace" ;;
"get secrets") cat "${folder}/there" 2>/dev/null ;;
"apply "*) cat >> "${folder}/applied"; echo --- >> "${folder}/applied" ;;
esac
exit 0
`,
      kubeseal: `#!/bin/sh
sed -e 's/^apiVersion: v1/apiVersion: bitnami.com\\/v1alpha1/' -e 's/^kind: Secret/kind: SealedSecret/' -e '/^type:/d' -e 's/^data:/spec:\\n  encryptedData:/' -e 's/^  \\([.a-z-]*\\): \\([A-Za-z0-9+/=]*\\)$/    \\1: \\2/' -e 's/^    \\(name[a-z]*\\): /  \\1: /'
`,
    };
    for (const [name, text] of Object.entries(tools)) {
      writeFileSync(join(folder, 'bin', name), text);
      chmodSync(join(folder, 'bin', name), 0o755);
    }
    const filled = (files['k8s/secrets.env.example'] ?? '').replaceAll(/=$/gmu, '=filled-in');
    writeFileSync(join(folder, 'k8s/secrets.env'), filled);
    writeFileSync(join(folder, 'certificate.pem'), '');
    return { PATH: `${folder}/bin:${process.env['PATH'] ?? ''}`, HOME: folder };
  }

  const run = (folder: string, env: Record<string, string>, ...args: string[]) =>
    spawnSync(join(folder, 'k8s/create-secrets.sh'), args, { cwd: folder, env, encoding: 'utf8' });
  const read = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8');

  it('makes what the environment mounts, and lets no value be seen in an argument', () => {
    withFolder({ '.git/HEAD': '' }, (folder) => {
      const env = place(folder);
      expect(run(folder, env, 'dev')).toMatchObject({ status: 0, stderr: '' });
      const made = read(folder, 'applied')
        .split('---\n')
        .map((text) => parse(text))
        .filter((object) => object?.kind === 'Secret');
      const { provided } = parse(files['cdb-lint.yaml'] ?? '') as {
        provided: { name: string; keys?: string[] }[];
      };
      const keysOf = (name: string) =>
        Object.keys(made.find(({ metadata }) => metadata.name === name)?.data ?? {});
      expect(made.map(({ metadata }) => metadata.name).sort()).toEqual(
        provided.map(({ name }) => name).sort(),
      );
      for (const { name, keys = ['.dockerconfigjson'] } of provided)
        expect(keysOf(name).sort()).toEqual([...keys].sort());
      const text = (name: string, key: string) =>
        Buffer.from(made.find(({ metadata }) => metadata.name === name)?.data[key], 'base64').toString();
      const passwords = ['ws', 'signal', 'risk', 'execution', 'db-writer'].map((service) =>
        text(`${service}-credentials`, 'redis-password'),
      );
      expect(new Set(passwords).size).toBe(5);
      for (const password of passwords) {
        expect(password).toMatch(/^[0-9a-f]{48}$/u);
        expect(text('redis-acl', 'users.acl')).toContain(`on >${password} `);
      }
      expect(text('risk-credentials', 'postgres-password')).toBe(
        text('postgresql-passwords', 'risk-password'),
      );
      const calls = read(folder, 'calls');
      expect(calls).not.toContain('filled-in');
      expect(passwords.filter((password) => calls.includes(password))).toEqual([]);
    });
  });

  it('leaves Secrets that are there, unless told to rotate them', () => {
    withFolder({ '.git/HEAD': '', there: 'secret/redis-acl\n' }, (folder) => {
      const env = place(folder);
      const { status, stderr } = run(folder, env, 'dev');
      expect([status, stderr]).toEqual([2, expect.stringContaining('Secret redis-acl already exists')]);
      expect(run(folder, env, 'dev', '--rotate').status).toBe(0);
    });
  });

  it('writes SealedSecrets that make every Secret, once the environment lists them', () => {
    withFolder({ '.git/HEAD': '' }, (folder) => {
      const env = place(folder);
      expect(run(folder, env, 'prod', '--sealed', 'certificate.pem')).toMatchObject({
        status: 0,
        stderr: '',
      });
      const target = 'k8s/overlays/prod/sealed-secrets';
      const sealed = readdirSync(join(folder, target)).map((name) => [
        `${target}/${name}`,
        read(folder, `${target}/${name}`),
      ]);
      expect(sealed).toHaveLength(10);
      const path = 'k8s/overlays/prod/kustomization.yaml';
      const listed = (files[path] ?? '').replace('\ncomponents:\n', '\ncomponents:\n  - sealed-secrets\n');
      judge(withoutProvided({ ...files, ...Object.fromEntries(sealed), [path]: listed }), 'prod');
      expect(run(folder, env, 'prod', '--sealed', 'certificate.pem').status).toBe(2);
    });
  });

  it.each([
    [['nope'], "environment 'nope' does not exist"],
    [['dev', '--from', 'nowhere'], 'nowhere does not exist'],
    [['dev', '--quick'], 'unknown option --quick'],
    [['dev', '--from', 'k8s/secrets.env.example'], 'REGISTRY_USERNAME is empty'],
  ])('refuses %j', (args, message) => {
    withFolder({ '.git/HEAD': '' }, (folder) => {
      const { status, stderr } = run(folder, place(folder), ...args);
      expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
    });
  });
});

it('no value is in the template, and Git ignores the file that has them', () => {
  const values = (files['k8s/secrets.env.example'] ?? '').match(/^(?!REGISTRY_SERVER)[A-Z_]+=.+$/gmu);
  expect(values).toBeNull();
  expect(readFileSync(join(project, '.gitignore'), 'utf8')).toContain('\nk8s/secrets.env\n');
});
