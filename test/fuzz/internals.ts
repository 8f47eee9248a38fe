// What the fuzzer needs of the source; bundled by bench/load-internals.mjs.
export { compareReadings, compareTrees } from './compare.ts';
export { differingTexts } from './differing-texts.ts';
export { generateText, randomNumbers } from './generate.ts';
export { generateTree } from './generate-tree.ts';
export { knownTrees } from './known-trees.ts';
export { knownTexts } from './texts.ts';
