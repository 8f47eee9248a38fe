import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { project, spawnCli } from '../support/run-cli.ts';
import { findRendered, render } from './rendered.ts';

const guides = [
  'k8s/README.md',
  'k8s/QUICKSTART.md',
  'k8s/SECRETS_GUIDE.md',
  'flux/README.md',
  'argocd/README.md',
];
const read = (path: string) => readFileSync(join(project, path), 'utf8');
const blocks = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gmsu'))].map(([, block = '']) => block);

const run = new Set<string>();

describe.each(guides)('%s', (guide) => {
  const text = read(guide);

  it('says of each block whether it needs a cluster, and how', () => {
    const languages = [...text.matchAll(/^```(.+)$/gmu)].map(([, language]) => language);
    const known = ['sh', 'sh cluster', 'yaml', 'mermaid', 'hcl'];
    expect(languages.filter((language) => !known.includes(language ?? ''))).toEqual([]);
  });

  it('has commands that run here', () => {
    for (const line of blocks(text, 'sh').flatMap((block) => block.trimEnd().split('\n'))) {
      // What installs is what this test was started by, and once is enough for a line of several guides.
      if (line === 'npm ci' || run.has(line)) continue;
      run.add(line);
      const { status, stderr } = spawnSync('bash', ['-c', line.replace('npx cdb-lint', 'node dist/cli.js')], {
        cwd: project,
        encoding: 'utf8',
      });
      expect([line, status, stderr]).toEqual([line, 0, '']);
    }
  });

  it('has commands for a cluster that bash reads, with files that are there', () => {
    const made = ['certificate.pem', 'k8s/secrets.env', 'age.agekey'];
    for (const block of blocks(text, 'sh cluster')) {
      expect(spawnSync('bash', ['-n'], { input: block, encoding: 'utf8' }).stderr).toBe('');
      const paths = block.match(/(?<=\s|=)(?:k8s|flux|argocd|policies)\/[\w./-]+/gu) ?? [];
      expect(paths.filter((path) => !made.includes(path) && !existsSync(join(project, path)))).toEqual([]);
      for (const [, name = '', args = ''] of block.matchAll(/k8s\/([\w-]+\.sh)((?: [\w./-]+)*)/gu)) {
        const known = read(`k8s/${name}`);
        for (const option of args.match(/--[a-z-]+/gu) ?? []) expect(known).toContain(` ${option}) `);
      }
    }
  });

  it('has links that lead somewhere', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)\)/gu)].map(([, link = '']) => link);
    const broken = links.filter(
      (link) => !/^https?:/u.test(link) && !existsSync(join(project, dirname(guide), link)),
    );
    expect(broken).toEqual([]);
  });

  it('names namespaces, workloads and Secrets that are there', () => {
    const names = (environment: string) =>
      render(`k8s/overlays/${environment}`).map(
        ({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`,
      );
    const there = [...names('dev'), ...names('prod')];
    const used = [...text.matchAll(/\b(deployment|service|statefulset)\/([\w-]+)/gu)].map(([whole]) => whole);
    expect(used.filter((name) => !there.includes(name))).toEqual([]);
    const namespaces = [...text.matchAll(/--namespace (cdb-[\w-]+)/gu)].map(
      ([, name]) => `namespace/${name}`,
    );
    expect(namespaces.filter((name) => !there.includes(name))).toEqual([]);
  });
});

it.each(['flux', 'argocd'])('%s/README.md has the graph that cdb-lint draws', (folder) => {
  const { stdout } = spawnCli(['graph', folder]);
  expect(blocks(read(`${folder}/README.md`), 'mermaid')).toEqual([stdout]);
});

describe('k8s/README.md', () => {
  const text = read('k8s/README.md');

  it('lists the components that there are, and which prod has', () => {
    const rows = text.match(/^\| `[\w`, -]+ \|.+$/gmu) ?? [];
    const listed = rows.flatMap((row) => row.split('|')[1]?.match(/[\w-]+/gu) ?? []);
    const ofProd: string[] = parse(read('k8s/overlays/prod/kustomization.yaml')).components;
    const marked = rows
      .filter((row) => row.includes('`prod` has it'))
      .map((row) => /`([\w-]+)`/u.exec(row)?.[1]);
    expect(marked.sort()).toEqual(ofProd.map((path) => path.split('/').at(-1)).sort());
    const named = [...listed, ...[...text.matchAll(/`(only-[\w-]+)`/gu)].map(([, name = '']) => name)];
    for (const name of named.filter((one) => existsSync(join(project, 'k8s/components', one)) === false))
      expect(name).toMatch(/^(base|overlays|components)$/u);
    const there = spawnSync('ls', [join(project, 'k8s/components')], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n');
    expect(there.filter((name) => !named.includes(name))).toEqual([]);
  });
});

describe('k8s/SECRETS_GUIDE.md', () => {
  const text = read('k8s/SECRETS_GUIDE.md');

  it('has the Secrets and keys that the configuration says are provided', () => {
    const rows = [...text.matchAll(/^\| `([\w-]+)` \| (.+?) \|/gmu)].map(([, name, keys = '']) => [
      name,
      keys.replaceAll('`', '').split(', '),
    ]);
    const { provided } = parse(read('cdb-lint.yaml')) as { provided: { name: string; keys?: string[] }[] };
    const expected = provided.map(({ name, keys = ['.dockerconfigjson'] }) => [name, keys]);
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(expected));
  });

  it('shows the store of the component, and others with the same name', () => {
    const stores = blocks(text, 'yaml').map((block) => parse(block));
    const own = parse(read('k8s/components/external-secrets/store.yaml'));
    expect(stores[0]).toEqual(own);
    for (const store of stores) expect({ ...store, spec: undefined }).toEqual({ ...own, spec: undefined });
  });

  it('names what the stores have to hold', () => {
    const external = read('k8s/components/external-secrets/external-secrets.yaml');
    for (const [, key] of external.matchAll(/key: (cdb\/[\w-]+)/gu)) expect(text).toContain(`\`${key}\``);
    const vault = read('k8s/components/vault-secrets/vault-secrets.yaml');
    for (const [, key = ''] of vault.matchAll(/get \.Secrets "([\w-]+)"/gu))
      expect(text).toContain(key.startsWith('redis-') ? '`redis-SERVICE`' : `\`${key}\``);
  });
});

it('flux/README.md says the times that the steps have', () => {
  const step = findRendered(render('flux/clusters/prod'), 'Kustomization', 'applications').spec ?? {};
  expect([step['interval'], step['retryInterval'], step['timeout']]).toEqual(['5m', '1m', '4m30s']);
  expect(read('flux/README.md')).toContain(
    'every 5 minutes, with a retry interval of 1 minute and a timeout of 4 minutes and 30 seconds',
  );
});
