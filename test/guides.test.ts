import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project, runLine, withFolder } from './support/run-cli.ts';

const folder = join(project, 'docs/guides');
const guides = readdirSync(folder).filter((name) => name.endsWith('.md'));

type Step =
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  | {
      readonly kind: 'command';
      readonly command: string;
      readonly status: number;
      readonly output: readonly string[];
    };

/** What a guide has its reader do, in order: files under their names, and commands with what they print and how they end. */
function stepsOf(page: string): Step[] {
  const fences = page.matchAll(/(?:^`([^`\n]+)`:\n\n)?^```(\w+)\n(.*?)^```$/gmsu);
  return [...fences].flatMap(([, path, language, text = '']): Step[] => {
    if (path !== undefined) return [{ kind: 'file', path, text }];
    return language === 'console' ? commandsIn(text) : [];
  });
}

/** `$ command # exits N`, and below it lines that the command has to print; `…` stands for what is left out. */
function commandsIn(text: string): Step[] {
  return text
    .split(/^\$ /mu)
    .slice(1)
    .map((part) => {
      const [line = '', ...output] = part.trimEnd().split('\n');
      const [, command = '', status = '0'] = /^(.*?)(?:\s+# exits (\d))?$/u.exec(line) ?? [];
      return { kind: 'command', command, status: Number(status), output };
    });
}

it('there is a guide for each task', () => {
  expect(guides).toEqual([
    'add-to-ci.md',
    'adopt-with-a-baseline.md',
    'argo-cd.md',
    'flux.md',
    'migrate.md',
    'monorepo.md',
    'review-a-change.md',
    'write-a-policy.md',
  ]);
});

describe.each(guides)('%s', (name) => {
  const page = readFileSync(join(folder, name), 'utf8');
  const steps = stepsOf(page);

  it('does what it says', async () => {
    expect(steps.filter(({ kind }) => kind === 'command').length).toBeGreaterThan(0);
    await withFolder({ '.git/HEAD': '' }, async (cwd) => {
      for (const step of steps) {
        if (step.kind === 'file') {
          mkdirSync(dirname(join(cwd, step.path)), { recursive: true });
          writeFileSync(join(cwd, step.path), step.text);
          continue;
        }
        const { status, stdout, stderr } = await runLine(step.command, cwd);
        const printed = `${stdout}${stderr}`;
        expect([step.command, status, status === step.status ? '' : printed]).toEqual([
          step.command,
          step.status,
          '',
        ]);
        for (const line of step.output)
          for (const part of line.split('…').filter((one) => one.trim() !== ''))
            expect(printed).toContain(part.trimEnd());
      }
    });
  });

  it('leads somewhere with every link', () => {
    for (const [, target = ''] of page.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/gu))
      expect(() => readFileSync(join(folder, target)), target).not.toThrow(/ENOENT/u);
  });
});
