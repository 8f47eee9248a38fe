import { describe, expect, it } from 'vitest';
import { followSteps } from '../../src/command/follow-steps.ts';
import type { Io } from '../../src/command/io.ts';
import type { Step } from '../../src/diagnostic/step.ts';
import { progressLine } from '../../src/report/terminal/progress.ts';
import { lintFiles } from '../support/lint-files.ts';

interface Stage {
  readonly io: Io;
  readonly written: string[];
  wait(milliseconds: number): void;
}

function stage(isTerminal: boolean, variables: Record<string, string> = {}): Stage {
  const written: string[] = [];
  let now = 0;
  const stderr = { write: (text: string) => written.push(text), columns: 60, isTerminal };
  const io = { stderr, variables, clock: () => now } as unknown as Io;
  return { io, written, wait: (milliseconds) => (now += milliseconds) };
}

describe('progress', () => {
  it('shows itself on a terminal once a run takes long, not too often, and is gone at the end', () => {
    const { io, written, wait } = stage(true);
    const steps = followSteps(io);
    steps.onStep({ name: 'read' });
    expect(written).toEqual([]);
    wait(1000);
    steps.onStep({ name: 'build', what: 'k8s/prod' });
    wait(10);
    steps.onStep({ name: 'build', what: 'k8s/dev' });
    wait(100);
    steps.onStep({ name: 'admit', what: 'prod', at: [2, 9] });
    steps.end();
    expect(written).toEqual(['\r\u001b[Kbuilding k8s/prod', '\r\u001b[Kchecking 2 of 9 prod', '\r\u001b[K']);
  });

  it.each([
    [false, {}],
    [true, { CI: 'true' }],
    [true, { TERM: 'dumb' }],
  ])('is silent where no one looks: %j %j', (isTerminal, variables) => {
    const { io, written, wait } = stage(isTerminal, variables);
    const steps = followSteps(io);
    wait(5000);
    steps.onStep({ name: 'build' });
    steps.end();
    expect(written).toEqual([]);
  });

  it('begins with the first file that is read, and keeps the errors of broken builds', () => {
    const steps: Step[] = [];
    const files = {
      'a/kustomization.yaml': 'resources: [gone.yaml]\n',
      'b/kustomization.yaml': 'resources: [map.yaml]\n',
      'b/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: Bad}\n',
    };
    lintFiles(files, { onStep: (step) => steps.push({ ...step, errors: [...(step.errors ?? [])] }) });
    const first = (name: string): Step | undefined => steps.find((step) => step.name === name && step.what);
    expect(first('read')?.what).toBe('a/kustomization.yaml');
    expect(
      steps.filter(({ name }) => name === 'build').map(({ what, errors }) => [what, errors?.length]),
    ).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
    expect(
      steps.filter(({ name, at }) => name === 'admit' && at).map(({ errors }) => errors?.length),
    ).toEqual([1, 1, 2]);
    expect(first('rules')).toMatchObject({ what: 'a', at: [1, 3] });
  });

  it('takes the time of each step, however often it comes', () => {
    const { io, wait } = stage(false);
    const steps = followSteps(io);
    wait(5);
    steps.onStep({ name: 'build' });
    wait(10);
    steps.onStep({ name: 'admit' });
    wait(1);
    steps.onStep({ name: 'build' });
    wait(20);
    expect([...steps.end()]).toEqual([
      ['start', 5],
      ['build', 30],
      ['admit', 1],
    ]);
  });

  it('tells the first of what is found by rule and place, and stays on its line', () => {
    const file = { path: 'a/\u001b[31mb.yaml', text: 'password: x\n' };
    const error = {
      rule: 'secret-in-git',
      severity: 'error',
      message: 'hunter2',
      span: { file, start: 10, end: 11 },
      related: [],
    } as const;
    const line = progressLine({ name: 'admit', errors: [error, error] }, 200);
    expect(line).toBe('checking · 2 errors so far, the first: secret-in-git in a/<U+001B>[31mb.yaml:1:11');
    expect(progressLine({ name: 'admit', errors: [error] }, 20)).toHaveLength(19);
  });
});
