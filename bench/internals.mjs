// What the comparisons inside one process need of the source; bundled by load-internals.mjs.
export { builtInPolicies } from '../src/admit/policy/built-in.ts';
export { evaluatePolicies } from '../src/admit/policy/evaluate.ts';
export { openBuilder } from '../src/build/build.ts';
export { newBuildMemory } from '../src/build/build-memory.ts';
export { lint } from '../src/run/judge.ts';
export { factsFor, kindsOf, propertiesOf, requiredOf } from '../src/schema/facts.ts';
export { diskFileSystem } from '../src/source/disk.ts';
export { emitDocuments } from '../src/source/emit/emit.ts';
export { openSources } from '../src/source/load.ts';
export { memoryFileSystem } from '../src/source/memory.ts';
export { withFiles } from '../src/source/overlay.ts';
export { rememberFiles } from '../src/source/remembered-files.ts';
