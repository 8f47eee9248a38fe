// What the fuzzer needs of the source; bundled by bench/load-internals.mjs.
export { evaluateTemplate } from '../../../src/reconcile/flux/evaluate-template.ts';
export { parseTemplate } from '../../../src/reconcile/flux/substitution-template.ts';
export { randomNumbers } from '../generate.ts';
export { generateSubstitution, variables } from './generate.ts';
