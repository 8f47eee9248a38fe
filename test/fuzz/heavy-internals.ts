// What test/fuzz/heavy.mjs needs of the source; bundled by bench/load-internals.mjs.
export { report } from '../../src/index.ts';
export { judge } from '../../src/run/judge.ts';
export { memoryFileSystem } from '../../src/source/memory.ts';
export { heavyInputs } from '../support/heavy-inputs.ts';
