// Records what Flux makes of the histories against a kube-apiserver, with Go and kustomize in the path:
//   KUBECONFIG=… CRDS=… node test/change/histories/record.mjs library      fluxcd/pkg/ssa in several orders
//   KUBECONFIG=… CRDS=… node test/change/histories/record.mjs controller   the kustomize-controller that runs beside it
// KUBECONFIG names a server that nobody needs and that has no kube-controller-manager; an etcd with the kube-apiserver of
// `go build k8s.io/kubernetes/cmd/kube-apiserver` will do, started with
//   --authorization-mode AlwaysAllow --disable-admission-plugins ServiceAccount,StorageObjectInUseProtection
// CRDS is one file with all that config/crd/bases of kustomize-controller and source-controller have. The controller is `go build github.com/fluxcd/kustomize-controller`, started with the same KUBECONFIG and
//   --requeue-dependency 1s --http-retry 1 --enable-leader-election=false; GitRepositories are kept up by the recording itself.
import process from 'node:process';
import { loadInternals } from '../../../bench/load-internals.mjs';
import { record, renderedHistories } from './rendered.mjs';

const files = { library: 'flux-outcomes.json', controller: 'flux-controller-outcomes.json' };
const who = process.argv[2];
if (files[who] === undefined) throw new Error(`name one of ${Object.keys(files).join(', ')}`);
const { histories, controllerHistories, root } = await loadInternals(
  new URL('histories.ts', import.meta.url).href,
);
const input = renderedHistories(
  who === 'controller' ? [...histories, ...controllerHistories] : histories,
  root,
  [root, 'apps', 'site', 'child'],
);
record(new URL('oracle', import.meta.url), input, new URL(`../fixtures/${files[who]}`, import.meta.url), who);
