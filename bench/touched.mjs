import { fileURLToPath } from 'node:url';
import { alternate, timeProcess } from './measure.mjs';
import { printComparison, target } from './table.mjs';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const runs = 7;
const files = ['README.md', 'flux/clusters/prod/reports.yaml', 'k8s/overlays/prod/quota.yaml'];

/** The hook before a commit on our own tree, beside judging all of it. */
export function compareTouched() {
  const run = (args) => () => timeProcess(['node', 'dist/cli.js', '--fail-on', 'never', ...args], { cwd });
  const sides = alternate(
    {
      'cdb-lint .': run(['.']),
      ...Object.fromEntries(files.map((file) => [`--touched ${file}`, run(['--touched', file])])),
    },
    runs,
  );
  const { 'cdb-lint .': whole, ...touched } = sides;
  printComparison('our own tree: the hook before a commit, next to all of it', sides, [
    target(
      'less than all of it',
      Object.values(touched).every(({ cpu }) => cpu < whole.cpu),
    ),
  ]);
}
