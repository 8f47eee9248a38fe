import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from './run-cli.ts';

export interface ActionRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Runs the built action as GitHub's runner does: inputs and paths by environment, outputs and summary by files. */
export async function runAction(
  workspace: string,
  inputs: Readonly<Record<string, string>>,
  given: { readonly payload?: unknown; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ActionRun> {
  const runner = join(workspace, '.runner');
  mkdirSync(runner, { recursive: true });
  const file = (name: string, text = ''): string => {
    const path = join(runner, name);
    writeFileSync(path, text);
    return path;
  };
  const { PATH = '', HOME = '' } = process.env;
  const env = {
    PATH,
    HOME,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary'),
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify(given.payload ?? {})),
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_REPOSITORY: 'shop/deploy',
    GITHUB_RUN_ID: '42',
    GITHUB_JOB: 'gate',
    RUNNER_TEMP: runner,
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
    ...given.env,
  };
  const child = spawn(process.execPath, [join(project, 'dist/action.js')], { cwd: workspace, env });
  const [stdout, stderr, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((done) => child.on('close', done)),
  ]);
  return {
    status,
    stdout,
    stderr,
    outputs: readOutputs(readFileSync(env.GITHUB_OUTPUT, 'utf8')),
    summary: readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8'),
  };
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  let all = '';
  for await (const chunk of stream) all += String(chunk);
  return all;
}

/** `name<<delimiter`, lines, `delimiter`. */
function readOutputs(file: string): Record<string, string> {
  const entries = file.matchAll(/^([^\n]+?)<<([^\n]+)\n([\s\S]*?)\n\2$/gmu);
  return Object.fromEntries([...entries].map(([, name = '', , value = '']) => [name, value]));
}
