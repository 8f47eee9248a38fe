// Records what Argo CD's own engine makes of the histories: `GOTOOLCHAIN=go1.27.0 node test/change/histories/record-argo.mjs`, with Go and
// kustomize in the path.
import { loadInternals } from '../../../bench/load-internals.mjs';
import { record, renderedHistories } from './rendered.mjs';

const { argoHistories, root } = await loadInternals(new URL('argo-histories.ts', import.meta.url).href);
const input = renderedHistories(argoHistories, root, [root, 'argocd', 'apps', 'other', 'site']);
record(
  new URL('argo-oracle', import.meta.url),
  input,
  new URL('../fixtures/argo-outcomes.json', import.meta.url),
);
