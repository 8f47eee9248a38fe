import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Io } from '../../src/command/io.ts';
import { format, type Output, printReport, readOutputs } from '../../src/command/print-report.ts';
import { formatNames } from '../../src/report/format.ts';
import type * as junit from '../../src/report/machine/junit.ts';
import type { Report } from '../../src/report/report.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import type { Repository } from '../../src/source/working-directory.ts';
import { lintFiles } from '../support/lint-files.ts';

const stumbling = vi.hoisted(() => new Set<string>());
beforeEach(() => stumbling.clear());
vi.mock(import('../../src/report/machine/junit.ts'), async (original) => {
  const module: typeof junit = await original();
  const junitReport: typeof module.junitReport = (report) => {
    if (stumbling.has('junit')) throw new TypeError('stumbled');
    return module.junitReport(report);
  };
  return { junitReport };
});

describe('formats', () => {
  it('are an option that may be given several times', () => {
    expect(format).toMatchObject({ name: 'format', repeatable: true, suggestions: formatNames });
  });

  it.each<[readonly string[], readonly Output[]]>([
    [[], [{ name: 'terminal' }]],
    [['json'], [{ name: 'json' }]],
    [
      ['json=a=b', 'concise', 'json=c'],
      [{ name: 'json', file: 'a=b' }, { name: 'concise' }, { name: 'json', file: 'c' }],
    ],
    [
      ['json=a', 'sarif=b'],
      [
        { name: 'json', file: 'a' },
        { name: 'sarif', file: 'b' },
      ],
    ],
  ])('are read: %j', (wanted, outputs) => {
    expect(readOutputs(wanted)).toEqual(outputs);
  });

  it.each([
    [['jsn'], 'unknown format "jsn"', 'did you mean "json"?'],
    [['json', 'jsn=a'], 'unknown format "jsn"', 'did you mean "json"?'],
    [['something'], 'unknown format "something"', expect.stringMatching(/^formats are terminal, /u)],
    [['=a'], 'unknown format ""', expect.stringMatching(/^formats are /u)],
    [['json='], '"json=" has no file name', 'write --format json=FILE, or --format json'],
    [
      ['json', 'sarif=b', 'concise'],
      'only one format can use standard output',
      expect.stringContaining('json=report.json'),
    ],
  ])('are refused: %j', (wanted, problem, help) => {
    expect(readOutputs(wanted)).toEqual({ problem, help });
  });
});

interface Printed {
  readonly exitCode: number;
  readonly said: string;
  readonly complained: string;
  readonly written: Readonly<Record<string, string>>;
}

const broken =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: "a:1", imagee: x}]}\n';
const red = lintFiles({ 'pod.yaml': broken }, { only: ['unknown-field'] });
const repository = {
  url: 'file:///repository/',
  fileSystem: memoryFileSystem({}),
  checkout: () => ({}),
} as unknown as Repository;

/** What is printed where no file called `full` can be written. */
async function print(report: Report, wanted: readonly string[], given: object = {}): Promise<Printed> {
  const { variables = {}, ...more } = given as { variables?: Record<string, string> };
  const [said, complained]: [string[], string[]] = [[], []];
  const written: Record<string, string> = {};
  const stream = (texts: string[]): object => ({
    write: (text: string) => texts.push(text),
    isTerminal: false,
  });
  const io = {
    stdout: { ...stream(said), columns: 90 },
    stderr: stream(complained),
    variables,
    files: {
      write(path: string, text: string) {
        if (path === 'full') return 'the disk is full';
        written[path] = text;
        return undefined;
      },
    },
    now: () => new Date('2026-01-31T00:00:00Z'),
    version: '1.2.3',
  } as unknown as Io;
  const outputs = readOutputs(wanted) as Output[];
  const exitCode = await printReport(report, { outputs, repository, io, ...more });
  return { exitCode, said: said.join(''), complained: complained.join(''), written };
}

describe('the exit code', () => {
  const green = lintFiles({ 'pod.yaml': broken.replace(', imagee: x', '') }, { only: ['unknown-field'] });
  it('is that of the report', async () => {
    expect([(await print(red, [])).exitCode, (await print(green, [])).exitCode]).toEqual([1, 0]);
    expect((await print(green, ['json=a', 'concise'])).exitCode).toBe(0);
  });

  it('is 2 where a format cannot be made, and the others are printed', async () => {
    stumbling.add('junit');
    const { exitCode, said, complained, written } = await print(red, [
      'junit=a.xml',
      'concise',
      'json=a.json',
    ]);
    expect([exitCode, said.includes('imagee'), Object.keys(written)]).toEqual([2, true, ['a.json']]);
    expect(complained).toContain('format junit could not be written: stumbled');
  });

  it('is 2 where a file cannot be written', async () => {
    const { exitCode, complained } = await print(green, ['json=full', 'concise']);
    expect(exitCode).toBe(2);
    expect(complained).toContain('cannot write full');
  });
});

describe('a report', () => {
  it('is in the log of a workflow no command, save for those that are meant', async () => {
    const commands = lintFiles(
      { 'pod.yaml': broken.replace('imagee: x', '"##[error]b": x') },
      { only: ['unknown-field'] },
    );
    const variables = { GITHUB_ACTIONS: 'true' };
    const said = async (name: string, more: object = {}): Promise<string> =>
      (await print(commands, [name], more)).said;
    expect(await said('markdown')).toContain('##[error]');
    expect(await said('markdown', { variables })).not.toContain('##[');
    expect(await said('terminal', { variables })).not.toContain('##[');
    expect(await said('github', { variables })).toMatch(/^::error /mu);
    const { written } = await print(commands, ['markdown=a.md', 'terminal=a.txt'], { variables });
    expect(written['a.md']).toContain('##[error]');
    expect(written['a.txt']).not.toContain('##[');
  });

  it('is as wide as the terminal, and in a file as wide as a page, without colours', async () => {
    const { said, written } = await print(red, ['terminal', 'terminal=a'], {
      variables: { FORCE_COLOR: '1' },
    });
    expect(said).toContain('\u001b[');
    expect(written['a']).not.toContain('\u001b[');
    expect(written['a']).toContain('imagee');
  });

  it('is printed as it is asked for, on a terminal and in a file', async () => {
    const { said, written } = await print(red, ['terminal', 'terminal=a'], { look: { quiet: true } });
    const { said: loud, written: inFull } = await print(red, ['terminal', 'terminal=a']);
    expect(said.length).toBeLessThan(loud.length);
    expect(written['a']?.length).toBeLessThan(inFull['a']?.length ?? 0);
  });

  it('has the pages of rules where the format holds them', async () => {
    const { said } = await print(red, ['sarif', 'concise=a']);
    expect(said).toContain('fullDescription');
    expect(JSON.parse(said)).toHaveProperty('runs.0.tool.driver.rules.0.help.markdown');
  });

  it('says on pages what it is of, and where its lines and rules can be read', async () => {
    const more = {
      linkTemplate: 'https://example.com/{path}#L{line}',
      variables: { CDB_LINT_DOCS_URL: 'https://docs.example.com/{rule}' },
    };
    for (const wanted of [['markdown'], ['html'], ['markdown', 'concise=a'], ['html', 'concise=a']]) {
      const { said } = await print(red, wanted, more);
      expect(said.replaceAll('&#58;', ':').replaceAll('&#35;', '#')).toContain(
        'https://example.com/pod.yaml#L4',
      );
    }
    const { said: html } = await print(red, ['html'], more);
    expect(html.replaceAll('&#58;', ':')).toContain('https://docs.example.com/unknown-field');
    expect((await print(red, ['sarif'], more)).said).toContain('https://docs.example.com/unknown-field');
  });
});
