import { expect, test } from 'vitest';
import { admit, lint } from '../src/index.ts';

test.each([
  ['lint', lint],
  ['admit', admit],
] as const)('%s says what a call without types lacks', (name, call) => {
  const untyped = call as unknown as (options?: object) => unknown;
  for (const options of [undefined, {}, { paths: [''] }, { fileSystem: '.' }])
    expect(() => untyped(options)).toThrow(`${name} needs a fileSystem, such as diskFileSystem('.')`);
});
