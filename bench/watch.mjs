import { fileURLToPath } from 'node:url';
import { loadInternals, timeCall } from './load-internals.mjs';
import { alternate } from './measure.mjs';
import { printComparison, target } from './table.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const runs = 15;
const edited = {
  'a file of one environment': 'k8s/overlays/prod/quota.yaml',
  'a file of the base': 'k8s/base/network-policies.yaml',
  'a policy': 'policies/base/single-replica.yaml',
  'a Flux Kustomization': 'flux/clusters/prod/applications.yaml',
};

/** What `--watch` does after a file of our own tree is saved, beside judging the tree anew in the same warm process. */
export async function compareWatching() {
  const { diskFileSystem, lint, newBuildMemory, rememberFiles, withFiles } = await loadInternals();
  const held = new Map();
  const open = () => withFiles(diskFileSystem(root), held);
  const files = rememberFiles(open);
  const memory = newBuildMemory();
  const anew = () => lint({ fileSystem: open(), paths: [''] });
  const again = (file) => {
    const text = new TextDecoder().decode(diskFileSystem(root).read(file));
    return () => {
      held.set(file, new TextEncoder().encode(`${text}# ${held.size} ${performance.now()}\n`));
      return timeCall(() => {
        files.refresh([file]);
        lint({ fileSystem: files, memory, paths: [''] });
      });
    };
  };
  const sides = {
    'checking it again': () => timeCall(anew),
    ...Object.fromEntries(Object.entries(edited).map(([what, file]) => [what, again(file)])),
  };
  for (const side of Object.values(sides)) for (let round = 0; round < 5; round++) side();
  const medians = alternate(sides, runs);
  const { 'checking it again': whole, ...saved } = medians;
  printComparison('checking our own tree again after a file of it was saved', medians, [
    target(
      'less than checking it again',
      Object.values(saved).every(({ cpu }) => cpu < whole.cpu),
    ),
    target(
      'under 100 ms of CPU each',
      Object.values(saved).every(({ cpu }) => cpu < 0.1),
    ),
  ]);
}
