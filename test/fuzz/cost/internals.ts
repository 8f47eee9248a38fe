// What the fuzzer needs of the source; bundled by bench/load-internals.mjs.
export { costOfRules } from '../../support/rule-cost.ts';
export { randomNumbers } from '../generate.ts';
export { generateRule } from './generate.ts';
