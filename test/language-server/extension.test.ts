import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spawnServer, startClient } from '../support/language-client.ts';
import { project } from '../support/run-cli.ts';
import { startExtension } from '../support/started-extension.ts';

const folder = join(project, 'editors/vscode');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, object>> };
  };
}

describe('the extension for Visual Studio Code', () => {
  const manifest = JSON.parse(read('package.json')) as Manifest;
  const code = read('extension.js');

  it('registers the commands that it offers, those of the code lenses among them', () => {
    const offered = manifest.contributes.commands.map(({ command }) => command);
    const registered = [...code.matchAll(/'(cdb-lint\.\w+)':/gu)].map(([, name]) => name);
    expect(registered.sort()).toEqual(offered.toSorted());
    expect(offered).toEqual(expect.arrayContaining(['cdb-lint.showRendered', 'cdb-lint.plan']));
  });

  it('reads the settings that it describes', () => {
    const read = [...code.matchAll(/settings\.get\('(\w+)'\)/gu)].map(([, name]) => `cdb-lint.${name}`);
    expect(read.sort()).toEqual(Object.keys(manifest.contributes.configuration.properties).sort());
  });

  it('starts a server that answers, with the arguments that the client adds', async () => {
    const { server, transport } = await startExtension({ command: ['npx', 'cdb-lint'], root: '' });
    expect([server.run.command, transport]).toEqual(['npx', 0]);
    // What vscode-languageclient does for this transport.
    const [, ...args] = [...server.run.args, '--stdio'];
    const client = await startClient(project, { server: spawnServer(project, '', args) });
    expect(client.capabilities).toMatchObject({ hoverProvider: true });
    expect(await client.end()).toBe(0);
  });

  it('registers the commands and the view that it describes', async () => {
    const { commands, views } = await startExtension({ command: ['npx', 'cdb-lint'], root: 'sub' });
    expect(commands.toSorted()).toEqual(
      manifest.contributes.commands.map(({ command }) => command).toSorted(),
    );
    expect(views).toEqual(manifest.contributes.views['cdb-lint']?.map(({ id }) => id));
  });

  it('runs nothing when it is installed, and pins what it needs', () => {
    expect(manifest.scripts).toBeUndefined();
    const lock = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { hasInstallScript?: boolean }>;
    };
    expect(Object.values(lock.packages).filter((one) => one.hasInstallScript)).toEqual([]);
    for (const version of Object.values(manifest.dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/u);
  });
});

interface Grouped {
  readonly name: string;
  readonly found: readonly { readonly uri: string; readonly diagnostic: { readonly message: string } }[];
}

describe('its view of findings', () => {
  const { groupByEntryPoint } = createRequire(import.meta.url)(join(folder, 'by-entry-point.js')) as {
    groupByEntryPoint(diagnosticsByUri: ReadonlyMap<string, readonly object[]>): readonly Grouped[];
  };
  const found = (
    message: string,
    severity: number,
    line: number,
    entryPoints?: readonly string[],
  ): object => ({
    message,
    severity,
    range: { start: { line } },
    ...(entryPoints === undefined ? {} : { data: { entryPoints } }),
  });

  it('groups by environment, errors first, then by file and line, and keeps what is of none at the end', () => {
    const groups = groupByEntryPoint(
      new Map([
        ['file:///b.yaml', [found('late', 1, 9, ['prod', 'dev']), found('early', 1, 2, ['prod'])]],
        ['file:///a.yaml', [found('first', 1, 30, ['prod']), found('alone', 0, 1), found('none', 0, 0, [])]],
        ['file:///c.yaml', [found('error', 0, 40, ['prod'])]],
      ]),
    );
    expect(
      groups.map(({ name, found }) => [name, found.map(({ diagnostic }) => diagnostic.message)]),
    ).toEqual([
      ['dev', ['late']],
      ['prod', ['error', 'first', 'early', 'late']],
      ['in no entry point', ['none', 'alone']],
    ]);
  });
});
