import { fileURLToPath } from 'node:url';
import { alternate, isInstalled, timeProcess } from './measure.mjs';
import { printComparison, skip, target } from './table.mjs';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const overlays = ['k8s/overlays/dev', 'k8s/overlays/prod'];
const runs = 11;

/** All of cdb-lint on our own manifests, beside rendering the two overlays and judging nothing. */
export function comparePlatform() {
  const title = 'k8s/: building, admitting and checking both environments, next to rendering them';
  if (!isInstalled('kubectl')) return skip(title, 'kubectl is not installed');
  const each = overlays.map((overlay) => `kubectl kustomize ${overlay}`).join(' && ');
  const sides = alternate(
    {
      'cdb-lint k8s/': () => timeProcess(['node', 'dist/cli.js', 'k8s/', '--fail-on', 'never'], { cwd }),
      'kubectl kustomize, twice': () => timeProcess(['bash', '-c', each], { cwd }),
      'node -e 0': () => timeProcess(['node', '-e', '0'], { cwd }),
    },
    runs,
  );
  const ours = sides['cdb-lint k8s/'].wall;
  const theirs = sides['kubectl kustomize, twice'].wall;
  printComparison(title, sides, [
    target('less wall time than rendering with kubectl kustomize', ours < theirs),
  ]);
}
