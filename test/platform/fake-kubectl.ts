import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { project, spawnCli } from '../support/run-cli.ts';

/** What the stand-in for the cluster is like; a healthy one where nothing is said. */
export interface FakeCluster {
  readonly down?: boolean;
  readonly forbidden?: boolean;
  /** Labels and annotations of the Namespace. */
  readonly owner?: string;
  readonly missingSecret?: string;
  readonly missingKey?: string;
  readonly refusedPhase?: string;
  readonly notReady?: string;
  /** A workload that is ready when it is asked for the first time, and never again. */
  readonly readyOnce?: string;
  /** A workload whose rollout never ends. */
  readonly stuck?: string;
  /** What cdb-lint says of the environment, in place of judging it. */
  readonly verdict?: 'clean' | 'findings';
}

export interface ScriptRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The arguments of each call of kubectl. */
  readonly calls: readonly string[];
}

const keys =
  ' users.acl  postgres-password  risk-password  execution-password  db-writer-password  redis-password  admin-password  secret-key  mexc-api-key  mexc-api-secret ';

let rendered: string | undefined;

/** A folder with the rendered environments: each is built once for all runs. */
function renderedIn(): string {
  if (rendered !== undefined) return rendered;
  const folder = mkdtempSync(join(tmpdir(), 'cdb-lint-rendered-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['dev', 'prod'])
    writeFileSync(join(folder, `${name}.yaml`), spawnCli(['render', `k8s/overlays/${name}`]).stdout);
  rendered = folder;
  return folder;
}

function scriptOf(place: string, cluster: FakeCluster): string {
  const {
    down,
    forbidden,
    owner = '',
    missingSecret,
    missingKey,
    refusedPhase,
    notReady,
    readyOnce,
    stuck,
  } = cluster;
  return `#!/bin/sh
printf '%s\\n' "$*" >> "${place}/calls"
case "$1 $2" in
"kustomize "*) cat "${renderedIn()}/$(basename "$2").yaml" ;;
"get --raw") ${down === true ? 'echo "connection refused" >&2; exit 1' : 'exit 0'} ;;
"auth can-i") echo ${forbidden === true ? 'no' : 'yes'} ;;
"get namespace") echo "${owner}" ;;
"get secret") [ "$3" != "${missingSecret}" ] || exit 1; echo "${keys}" | sed 's/ ${missingKey ?? 'no-such-key'} //' ;;
"get events") echo "Warning FailedScheduling no node has room" ;;
"config current-context") echo a-cluster ;;
"logs "*) echo "panic: no broker" ;;
"apply "*) case "$*" in *"/${refusedPhase}.yaml"*) echo "denied" >&2; exit 1 ;; esac ;;
"rollout status") [ "$3" != "${stuck}" ] || exec sleep 30
  [ "$3" != "${readyOnce}" ] || mkdir "${place}/asked" || exit 1
  [ "$3" != "${notReady}" ] ;;
esac
`;
}

/** `node` that answers for cdb-lint, which has tests of its own, and runs everything else. */
function nodeOf({ verdict = 'clean' }: FakeCluster): string {
  const answer = verdict === 'clean' ? 'echo "no finding"; exit 0' : 'echo "error[a-rule] here"; exit 1';
  return `#!/bin/sh\n[ "$1" != dist/cli.js ] || { ${answer}; }\nexec "${process.execPath}" "$@"\n`;
}

function prepare(cluster: FakeCluster): { place: string; env: Record<string, string> } {
  const place = mkdtempSync(join(tmpdir(), 'cdb-lint-kubectl-'));
  for (const [name, text] of [
    ['kubectl', scriptOf(place, cluster)],
    ['node', nodeOf(cluster)],
  ] as const) {
    writeFileSync(join(place, name), text);
    chmodSync(join(place, name), 0o755);
  }
  return { place, env: { PATH: `${place}:${process.env['PATH'] ?? ''}`, HOME: place } };
}

function callsIn(place: string): string[] {
  const file = join(place, 'calls');
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
}

/** Runs a script of k8s/ against the stand-in. */
export function runScript(args: readonly string[], cluster: FakeCluster = {}, input = ''): ScriptRun {
  const { place, env } = prepare(cluster);
  try {
    const [script = '', ...rest] = args;
    const result = spawnSync(join(project, 'k8s', script), rest, { env, input, encoding: 'utf8' });
    const { status, stdout, stderr } = result;
    return { status, stdout, stderr, calls: callsIn(place) };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Runs a script and presses Ctrl-C once it has said something. */
export async function interruptScript(
  args: readonly string[],
  cluster: FakeCluster,
  after: string,
): Promise<ScriptRun> {
  const { place, env } = prepare(cluster);
  const [script = '', ...rest] = args;
  const child = spawn(join(project, 'k8s', script), rest, { env, detached: true, stdio: 'pipe' });
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  child.stdout.on('data', (data) => {
    const had = stdout.includes(after);
    stdout += data;
    // A terminal tells the whole process group.
    if (!had && stdout.includes(after) && child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
  });
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const calls = callsIn(place);
  rmSync(place, { recursive: true, force: true });
  return { status, stdout, stderr, calls };
}
