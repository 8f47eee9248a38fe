// What the fuzzer of rules needs of the source; bundled by bench/load-internals.mjs.
export { readPage } from '../../src/admit/page/page.ts';
export { report } from '../../src/index.ts';
export { fix, judge } from '../../src/run/judge.ts';
export { memoryFileSystem } from '../../src/source/memory.ts';
export { randomNumbers } from './generate.ts';
export { mutateTree } from './mutate-tree.ts';
