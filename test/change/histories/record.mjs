// Records what Flux's own library makes of the histories: `node test/change/histories/record.mjs`, with Go and kustomize in the path.
import { loadInternals } from '../../../bench/load-internals.mjs';
import { record, renderedHistories } from './rendered.mjs';

const { histories, root } = await loadInternals(new URL('histories.ts', import.meta.url).href);
const input = renderedHistories(histories, root, [root, 'apps', 'site', 'child']);
record(new URL('oracle', import.meta.url), input, new URL('../fixtures/flux-outcomes.json', import.meta.url));
