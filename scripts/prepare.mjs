// Builds dist/ after an installation from Git. npm hands --global on to the installation that it prepares such a package with
// (seen in npm 10 and 11, and pre-commit installs so), and then what the build needs is not where the build looks for it.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

if (!existsSync(new URL('../node_modules/rolldown', import.meta.url))) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_config_(?:global|prefix|local_prefix)$/iu.test(name),
    ),
  );
  execFileSync('npm', ['ci', '--ignore-scripts', '--include=dev'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
await import('./build.mjs');
