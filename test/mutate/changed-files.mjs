import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';

// Words for people are held by the tests of messages; a change of one is no hole in a defence.
const options = { plugins: null, ignorers: [], excludedMutations: ['StringLiteral'] };
const logger = { debug() {}, info() {}, warn() {}, isDebugEnabled: () => false };

/** The changes of files, and the code that holds them all and does one of them where it is told to. */
export async function changedFiles(root, files) {
  const given = files.map((file) => ({
    name: join(root, file),
    mutate: true,
    content: readFileSync(join(root, file), 'utf8'),
  }));
  const changed = await new Instrumenter(logger).instrument(given, options);
  return {
    mutants: changed.mutants,
    codeOf: new Map(changed.files.map(({ name, content }) => [name, content])),
  };
}
