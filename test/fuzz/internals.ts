// What the fuzzer needs of the source; bundled by bench/load-internals.mjs.
export { compareReadings } from './compare.ts';
export { generateText, randomNumbers } from './generate.ts';
export { knownTexts } from './texts.ts';
