// What the fuzzer needs of the source; bundled by bench/load-internals.mjs.
export { readTar } from '../../../src/source/tar.ts';
export { randomNumbers } from '../generate.ts';
export { generateArchive } from './generate.ts';
