import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project, spawnCli, withFolder } from '../support/run-cli.ts';
import { interruptScript, runScript } from './fake-kubectl.ts';

const changes = (calls: readonly string[]) =>
  calls
    .filter((call) => /^(apply|delete|create)/u.test(call))
    .map((call) => call.replaceAll(/\S+\/(\S+\.(?:yaml|disposable))/gu, '$1'));
const rollouts = (calls: readonly string[]) =>
  calls.filter((call) => call.startsWith('rollout')).map((call) => call.split(' ')[2]);

const INFRASTRUCTURE = [
  'Deployment/grafana',
  'Deployment/prometheus',
  'Deployment/redis',
  'StatefulSet/postgresql',
];
const APPLICATIONS = ['db-writer', 'execution', 'risk', 'signal', 'ws'].map((name) => `Deployment/${name}`);

describe('deploy-k8s.sh', () => {
  it('applies infrastructure, waits for it, then the applications', () => {
    const { status, stdout, calls } = runScript(['deploy-k8s.sh', 'prod', '--yes']);
    expect(status).toBe(0);
    expect(changes(calls)).toEqual([
      'apply --server-side --filename infrastructure.yaml',
      'apply --server-side --filename applications.yaml',
    ]);
    const workloads = [...INFRASTRUCTURE, ...APPLICATIONS];
    expect(rollouts(calls).slice(0, workloads.length)).toEqual(workloads);
    expect(rollouts(calls).slice(workloads.length).sort()).toEqual([...workloads].sort());
    const second = calls.findIndex((call) => call.endsWith('applications.yaml'));
    expect(rollouts(calls.slice(0, second))).toEqual(INFRASTRUCTURE);
    expect(stdout).toContain('prod is deployed to cdb-trading, and every workload is ready.');
  });

  it('changes nothing with --dry-run, and asks no cluster', () => {
    const { status, stdout, calls } = runScript(['deploy-k8s.sh', 'dev', '--dry-run'], { down: true });
    expect(status).toBe(0);
    expect(calls).toEqual(['kustomize k8s/overlays/dev']);
    expect(stdout).toContain(
      'requires Secret execution-credentials redis-password postgres-password mexc-api-key',
    );
    expect(stdout).toContain(`wait for: ${INFRASTRUCTURE.join(' ')}`);
  });

  it('asks, and takes nothing but the name for a yes', () => {
    const right = runScript(['deploy-k8s.sh', 'dev'], {}, 'dev\n');
    expect([right.status, changes(right.calls).length]).toEqual([0, 2]);
    const wrong = runScript(['deploy-k8s.sh', 'dev'], {}, 'yes\n');
    expect([wrong.status, changes(wrong.calls)]).toEqual([2, []]);
  });

  it.each([
    ['a cluster that does not answer', { down: true }, 'the cluster does not respond\n  connection refused'],
    [
      'a user without rights',
      { forbidden: true },
      'you have no permission to create Deployments in cdb-trading-dev',
    ],
    [
      'Flux',
      { owner: 'map[kustomize.toolkit.fluxcd.io/name:infrastructure]' },
      'Flux deploys cdb-trading-dev',
    ],
    ['Argo CD', { owner: 'map[argocd.argoproj.io/tracking-id:cdb-dev]' }, 'Argo CD deploys cdb-trading-dev'],
    ['a Secret that is missing', { missingSecret: 'redis-acl' }, '1 Secrets or keys are missing'],
  ])('begins nothing because of %s', (_, cluster, message) => {
    const { status, stderr, calls } = runScript(['deploy-k8s.sh', 'dev', '--yes'], cluster);
    expect([status, changes(calls)]).toEqual([2, []]);
    expect(stderr).toContain(message);
  });

  it('names what is missing, and never asks for a value', () => {
    const { stdout, calls } = runScript(['deploy-k8s.sh', 'dev', '--yes'], { missingKey: 'mexc-api-key' });
    expect(stdout).toContain('missing key mexc-api-key in Secret execution-credentials');
    const asked = calls.filter((call) => call.startsWith('get secret'));
    expect(asked).toHaveLength(9);
    for (const call of asked)
      expect(call).toMatch(/go-template=\{\{range \$key, \$value := \.data\}\} \{\{\$key\}\} /u);
  });

  it('says of a workload that does not become ready why, and how to go on', () => {
    const { status, stdout, stderr, calls } = runScript(['deploy-k8s.sh', 'dev', '--yes', '--timeout', '7'], {
      notReady: 'Deployment/redis',
    });
    expect(status).toBe(1);
    expect(stdout).toContain('FailedScheduling no node has room');
    expect(stdout).toContain('panic: no broker');
    expect(stderr).toContain('Deployment/redis is not ready after 7 seconds');
    expect(stderr).toContain('kubectl rollout undo Deployment/redis --namespace cdb-trading-dev');
    expect(changes(calls)).toEqual(['apply --server-side --filename infrastructure.yaml']);
  });

  it('does not call ready what has failed since its phase', () => {
    const { status, stdout, stderr } = runScript(['deploy-k8s.sh', 'dev', '--yes', '--timeout', '7'], {
      readyOnce: 'Deployment/redis',
    });
    expect(status).toBe(1);
    expect(stdout).not.toContain('every workload is ready');
    expect(stderr).toContain('Deployment/redis is not ready after 7 seconds');
  });

  it('applies nothing that cdb-lint has something against, and shows what', () => {
    const { status, stdout, stderr, calls } = runScript(['deploy-k8s.sh', 'dev', '--yes'], {
      verdict: 'findings',
    });
    expect([status, changes(calls)]).toEqual([1, []]);
    expect(stdout).toContain('error[a-rule] here');
    expect(stderr).toContain('cdb-lint reports problems in dev');
  });

  it('stops at a phase that the cluster refuses', () => {
    const { status, stderr, calls } = runScript(['deploy-k8s.sh', 'dev', '--yes'], {
      refusedPhase: 'infrastructure',
    });
    expect([status, rollouts(calls)]).toEqual([1, []]);
    expect(stderr).toContain('the phase infrastructure was not applied completely');
  });

  it('can be interrupted, and says how to go on', async () => {
    const { status, stdout, calls } = await interruptScript(
      ['deploy-k8s.sh', 'dev', '--yes'],
      { stuck: 'Deployment/redis' },
      'waiting for Deployment/redis',
    );
    expect(status).toBe(130);
    expect(stdout).toContain('Interrupted during infrastructure. Objects that were applied are kept');
    expect(changes(calls)).toEqual(['apply --server-side --filename infrastructure.yaml']);
  });

  it.each([
    [[], "environment '' does not exist"],
    [['nope'], "environment 'nope' does not exist"],
    [['../base'], "environment '../base' does not exist"],
    [['dev', 'prod'], 'only one environment is allowed; unexpected argument prod'],
    [['dev', '--force'], 'unknown option --force'],
    [['dev', '--timeout', 'soon'], "--timeout 'soon' is not a number of seconds"],
  ])('refuses %j', (args, message) => {
    const { status, stderr, calls } = runScript(['deploy-k8s.sh', ...args]);
    expect([status, calls]).toEqual([2, []]);
    expect(stderr).toContain(message);
  });
});

describe('cleanup-k8s.sh', () => {
  it('deletes the applications before what they use, and keeps the data', () => {
    const { status, stdout, calls } = runScript(['cleanup-k8s.sh', 'prod', '--force']);
    expect(status).toBe(0);
    expect(changes(calls)).toEqual([
      'delete --filename applications.disposable --ignore-not-found --wait --timeout 300s',
      'delete --filename infrastructure.disposable --ignore-not-found --wait --timeout 300s',
    ]);
    expect(stdout).toContain('The volumes, the Secrets and the Namespace cdb-trading are kept');
  });

  it('deletes the data last, and only when told to', () => {
    const { calls } = runScript(['cleanup-k8s.sh', 'dev', '--force', '--delete-data']);
    expect(changes(calls).at(-1)).toBe(
      'delete namespace cdb-trading-dev --ignore-not-found --wait --timeout 300s',
    );
  });

  it('asks for the name, and says when data goes too', () => {
    const no = runScript(['cleanup-k8s.sh', 'prod', '--delete-data'], {}, 'y\n');
    expect([no.status, changes(no.calls)]).toEqual([2, []]);
    expect(no.stdout).toContain('This deletes cdb-trading with ALL DATA in it.');
    expect(runScript(['cleanup-k8s.sh', 'dev'], {}, 'dev\n').status).toBe(0);
  });

  it('leaves to a controller what it would bring back', () => {
    const owner = 'map[kustomize.toolkit.fluxcd.io/name:infrastructure]';
    const { status, stderr, calls } = runScript(['cleanup-k8s.sh', 'dev', '--force'], { owner });
    expect([status, changes(calls)]).toEqual([2, []]);
    expect(stderr).toContain('would restore it');
  });

  it('changes nothing with --dry-run', () => {
    const { status, stdout, calls } = runScript(['cleanup-k8s.sh', 'dev', '--dry-run', '--delete-data'], {
      down: true,
    });
    expect([status, calls]).toEqual([0, ['kustomize k8s/overlays/dev']]);
    expect(stdout).toContain('would delete the Namespace cdb-trading-dev and everything in it');
  });
});

it('what is deleted without being asked for holds no volume and no Namespace', () => {
  withFolder({}, (folder) => {
    const rendered = join(folder, 'rendered');
    writeFileSync(rendered, spawnCli(['render', 'k8s/overlays/prod']).stdout);
    expect(spawnSync('node', ['k8s/plan.mjs', rendered, folder], { cwd: project }).status).toBe(0);
    const kinds = (file: string) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/^kind: (.+)$/gmu)].map(([, kind]) => kind);
    const kept = kinds('infrastructure.yaml').filter((k) => !kinds('infrastructure.disposable').includes(k));
    expect(new Set(kept)).toEqual(new Set(['Namespace', 'PersistentVolumeClaim']));
  });
});

const isInstalled = (tool: string) => spawnSync(tool, ['--version']).status === 0;

it.runIf(isInstalled('shellcheck'))('shellcheck has nothing to say', () => {
  const files = ['deploy-k8s.sh', 'cleanup-k8s.sh', 'create-secrets.sh'].map((name) => `k8s/${name}`);
  const { status, stdout } = spawnSync('shellcheck', files, { cwd: project, encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, '']);
});

// PowerShell is rarely where these tests run, so the twins are held together by their text; where it is, it has to read them.
describe.each(['deploy-k8s', 'cleanup-k8s'])('%s.ps1 is the twin of its .sh', (name) => {
  const read = (extension: string) => readFileSync(join(project, `k8s/${name}.${extension}`), 'utf8');
  const usage = (text: string) => /usage ?= ?'(.*?)'/su.exec(text)?.[1];
  // What shells write differently: commands inside of texts, and braces around names.
  const plain = (text: string) =>
    text.replaceAll(/\$\((?:[^()]|\([^()]*\))*\)/gu, '$(…)').replaceAll(/\$\{(\w+)(?:\[\*\])?\}/gu, '$$$1');
  const texts = (text: string, command: RegExp) =>
    [...text.matchAll(command)].map(([whole]) => plain(whole).replaceAll("'", '"')).sort();

  it('has the same options and the same help', () => {
    expect(usage(read('ps1'))).toBe(usage(read('sh')));
    const options = (text: string) =>
      [...new Set(text.match(/(?<=['\s])--[a-z-]+(?='? [{)]|\))/gu) ?? [])].sort();
    const known = (usage(read('sh')) ?? '').match(/(?<=\n {2})--[a-z-]+/gu) ?? [];
    expect(options(read('ps1'))).toEqual([...known, '--help'].sort());
    expect(options(read('sh'))).toEqual([...known, '--help'].sort());
  });

  it('says the same', () => {
    const said = /\bsay ("[^"\n]*(?:\$\([^)]*\)[^"\n]*)*"|'[^'\n]*')/gu;
    const ps1 = texts(read('ps1'), said);
    expect(ps1.length).toBeGreaterThan(8);
    expect(ps1).toEqual(texts(read('sh'), said));
  });

  it('fails with the same codes and words', () => {
    const failures = /\bstop [12] ("[^"\n]*"|'[^'\n]*')/gu;
    const ps1 = texts(read('ps1'), failures);
    expect(ps1.length).toBeGreaterThan(8);
    expect(ps1).toEqual(texts(read('sh'), failures));
    for (const text of [read('sh'), read('ps1')]) expect(text).toContain('exit 130');
  });

  it('calls kubectl with the same verbs, in the same order', () => {
    const verbs = (text: string) =>
      [
        ...text.matchAll(
          /\bkubectl (get --raw|auth can-i|get namespace|get secret|get events|apply --server-side|delete --filename|delete namespace|rollout status|logs|kustomize)\b/gu,
        ),
      ]
        .map(([, verb]) => verb)
        .filter((verb) => verb !== 'get events' && verb !== 'logs');
    expect(verbs(read('ps1'))).toEqual(verbs(read('sh')));
  });

  it.runIf(isInstalled('pwsh'))('is read by PowerShell, and does the same without a cluster', () => {
    const twin = spawnSync('pwsh', ['-NoProfile', '-File', `k8s/${name}.ps1`, 'dev', '--dry-run'], {
      cwd: project,
      encoding: 'utf8',
    });
    const own = spawnSync(`k8s/${name}.sh`, ['dev', '--dry-run'], { cwd: project, encoding: 'utf8' });
    expect([twin.status, twin.stdout.replaceAll('\r', '')]).toEqual([own.status, own.stdout]);
  });
});
