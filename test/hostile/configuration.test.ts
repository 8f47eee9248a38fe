import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, withFolder } from '../support/run-cli.ts';

const program = "require('node:fs').writeFileSync(__dirname + '/ran', '')\n";
const module = "import { writeFileSync } from 'node:fs';\nwriteFileSync('ran', '');\nexport default {};\n";
const files = {
  '.git/HEAD': '',
  'package.json': '{"cdb-lint": {"extends": "./evil.cjs"}}',
  'evil.cjs': program,
  'cdb-lint.config.js': module,
  'cdb-lint.config.mjs': module,
  'cdb-lint.js': program,
  '.cdb-lintrc.cjs': program,
  'node_modules/cdb-lint-plugin-x/index.js': program,
  'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: a}\n',
};

describe('a configuration is data', () => {
  it('no program next to the manifests is run', () =>
    withFolder(files, async (folder) => {
      const { status } = await runCli(['lint', '.'], folder);
      expect([status, existsSync(join(folder, 'ran'))]).toEqual([0, false]);
    }));

  it.each([
    'extends: ./evil.cjs',
    'plugins: [./evil.cjs]',
    'plugins: [cdb-lint-plugin-x]',
    'rules: {x: {require: ./evil.cjs}}',
    'profiles: !!js/function "function () { require(\'./evil.cjs\') }"',
  ])('%s is refused, and nothing of it is run', (text) =>
    withFolder({ ...files, 'cdb-lint.yaml': `${text}\n` }, async (folder) => {
      const { status } = await runCli(['lint', '.'], folder);
      expect([status, existsSync(join(folder, 'ran'))]).toEqual([2, false]);
    }),
  );

  it('none that is a program is taken by its name', () =>
    withFolder(files, async (folder) => {
      const { status } = await runCli(['lint', '.', '--config', 'cdb-lint.config.js'], folder);
      expect([status, existsSync(join(folder, 'ran'))]).toEqual([2, false]);
    }));
});
