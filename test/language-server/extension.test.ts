import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project } from '../support/run-cli.ts';

const folder = join(project, 'editors/vscode');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
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

  it('runs nothing when it is installed, and pins what it needs', () => {
    expect(manifest.scripts).toBeUndefined();
    const lock = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { hasInstallScript?: boolean }>;
    };
    expect(Object.values(lock.packages).filter((one) => one.hasInstallScript)).toEqual([]);
    for (const version of Object.values(manifest.dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/u);
  });
});
