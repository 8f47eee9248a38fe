// What the fuzzer needs of the source; bundled by bench/load-internals.mjs.
export { randomNumbers } from '../generate.ts';
export { compareAnswers } from './compare.ts';
export { generateTemplate } from './generate.ts';
export { generateCall } from './generate-call.ts';
export { functionNames, renderTemplate } from './render.ts';
