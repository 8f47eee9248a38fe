import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BuildOptions, openBuilder } from '../../src/build/build.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { diskFileSystem } from '../../src/source/disk.ts';
import { emitDocuments } from '../../src/source/emit/emit.ts';
import { openSources } from '../../src/source/load.ts';

const directory = 'test/build/cases';

/** The options of a build, where a case has `options.json`. */
function optionsOf(name: string): BuildOptions {
  const file = join(directory, name, 'options.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as BuildOptions) : {};
}

/** A sample of what kustomize v5.8.2 does, and where it once answered otherwise than we did; each `expected.yaml` is what it prints for `in`. */
describe('cases of our own', () => {
  for (const name of readdirSync(directory).sort()) {
    it(name.replaceAll('-', ' '), () => {
      const build = openBuilder(openSources(diskFileSystem(join(directory, name, 'in')))).build(
        '',
        optionsOf(name),
      );
      const failure = join(directory, name, 'expected-error');
      if (existsSync(failure)) {
        expect(build.complete).toBe(false);
        expect(build.diagnostics.map(describeDiagnostic)).toEqual(linesOf(failure));
        return;
      }
      expect(build.diagnostics.filter(({ unchecked }) => unchecked !== undefined)).toEqual([]);
      expect(emitDocuments(build.resources.map(({ object }) => object))).toBe(
        readFileSync(join(directory, name, 'expected.yaml'), 'utf8'),
      );
    });
  }
});

function describeDiagnostic({ rule, message, span }: Diagnostic): string {
  const line = span.file.text.slice(0, span.start).split('\n').length;
  return `${span.file.path}:${line} ${rule}: ${message}`;
}

function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8').trimEnd().split('\n');
}
