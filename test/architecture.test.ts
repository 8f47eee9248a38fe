import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

const project = join(import.meta.dirname, '..');
const rootFiles = ['action.ts', 'cli.ts', 'index.ts', 'optimize-later.ts'];
const builtIns = new Set(builtinModules.map((name) => name.replace(/^node:/u, '')));

interface Import {
  readonly from: string;
  readonly target: string;
  readonly typesOnly: boolean;
  readonly isDynamic: boolean;
}

const table = readTable();
const files = readdirSync(join(project, 'src'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .sort();
const imports = files.flatMap(importsOf);
const local = imports.filter(({ target }) => target.startsWith('.'));

describe('the import table of docs/architecture.md', () => {
  it('lists the directories, and the page is the one that this test reads', () => {
    expect([...table.keys()]).toContain('diagnostic');
    expect(table.get('source')).toEqual(new Map([['diagnostic', 'all']]));
    expect(table.get('report')?.get('reconcile')).toBe('types');
    expect(files.length).toBeGreaterThan(20);
  });

  it('knows every directory and every root file', () => {
    const unknown = files.filter((file) =>
      file.includes('/') ? !table.has(directoryOf(file)) : !rootFiles.includes(file),
    );
    expect(unknown).toEqual([]);
  });

  it('allows every import between directories', () => {
    const forbidden = local.filter(({ from, target, typesOnly }) => {
      const own = directoryOf(from);
      const other = directoryOf(resolved(from, target));
      if (
        other === 'package.json' ||
        other === 'schema/config.json' ||
        own === other ||
        rootFiles.includes(from)
      )
        return false;
      const permission = table.get(own)?.get(other);
      return permission !== 'all' && !(permission === 'types' && typesOnly);
    });
    expect(forbidden).toEqual([]);
  });
});

it('no file imports itself through others, be it for types alone', () => {
  const graph = new Map<string, string[]>();
  for (const { from, target } of local) graph.set(from, [...(graph.get(from) ?? []), resolved(from, target)]);
  expect(cycles(graph)).toEqual([]);
});

it('Node is known only to source/ and the root files', () => {
  const elsewhere = imports.filter(({ from, target }) => isBuiltIn(target) && !rootFiles.includes(from));
  const allowed = [
    'source/create-file.ts',
    'source/decrypt-aes.ts',
    'source/disk.ts',
    'source/git-tree.ts',
    'source/gunzip.ts',
    'source/open-base.ts',
    'source/replace-file.ts',
    'source/sha256.ts',
    'source/thread.ts',
    'source/watch.ts',
    'source/working-directory.ts',
  ];
  expect(elsewhere.filter(({ from }) => !allowed.includes(from))).toEqual([]);
});

it('nothing can open a connection or start a process', () => {
  const dangerous =
    /^(?:node:)?(?:child_process|cluster|dgram|dns|http|http2|https|inspector|net|tls|worker_threads)(?:\/.*)?$/u;
  const found = imports.filter(
    ({ from, target }) =>
      dangerous.test(target) &&
      !(from === 'source/git-tree.ts' && target === 'node:child_process') &&
      !(from === 'source/thread.ts' && target === 'node:worker_threads'),
  );
  expect(found).toEqual([]);
  const fetching = files.filter((file) =>
    /\b(?:fetch|WebSocket|EventSource|XMLHttpRequest)\(/u.test(code(file)),
  );
  // The action comments on a pull request, where it is asked to and given a token.
  expect(fetching).toEqual(['action.ts']);
  const action = imports.filter(({ from, target }) => resolved(from, target) === 'action.ts');
  expect(action).toEqual([]);
  const asking = imports.filter(
    ({ from, target, typesOnly }) => resolved(from, target) === 'source/git-tree.ts' && !typesOnly,
  );
  expect(asking.map(({ from }) => from)).toEqual(['action.ts', 'source/open-base.ts']);
  const threading = imports.filter(
    ({ from, target, typesOnly }) => resolved(from, target) === 'source/thread.ts' && !typesOnly,
  );
  expect(threading.map(({ from }) => from)).toEqual(['cli.ts']);
});

it('a first look at a file loads no rule but one, no change, no format and nothing of the protocol', () => {
  const loaded = new Set(['command/judge-for-editor.ts']);
  const packages = new Set<string>();
  for (const file of loaded)
    for (const { target, typesOnly, isDynamic } of importsOf(file))
      if (typesOnly || isDynamic) continue;
      else if (target.startsWith('.')) loaded.add(resolved(file, target));
      else packages.add(target);
  const of = (start: string): string[] => [...loaded].filter((file) => file.startsWith(start)).sort();
  expect(of('admit/').length).toBeGreaterThan(10);
  expect(of('change/')).toEqual([]);
  expect([...of('report/html/'), ...of('report/markdown/'), ...of('report/machine/')]).toEqual([]);
  expect(of('rules/').filter((file) => file.split('/').length > 2)).toEqual([
    'rules/kustomize/kustomization-field-deprecated.ts',
    'rules/kustomize/kustomization-file.ts',
  ]);
  expect([...packages].filter((name) => /^vscode-(?!languageserver-textdocument$)/u.test(name))).toEqual([]);
});

it('no directory is a drawer for everything', () => {
  const drawers = /(?:^|\/)(?:utils?|helpers?|shared|common|types|misc)(?:\.ts|\/)/u;
  expect(files.filter((file) => drawers.test(file))).toEqual([]);
});

function readTable(): Map<string, Map<string, 'all' | 'types'>> {
  const page = readFileSync(join(project, 'docs/architecture.md'), 'utf8');
  const rows = page.slice(page.indexOf('| directory | may import |')).split('\n').slice(2);
  const found = new Map<string, Map<string, 'all' | 'types'>>();
  for (const row of rows) {
    if (!row.startsWith('|')) break;
    const [, directory = '', mayImport = ''] = row.split('|').map((cell) => cell.trim());
    if (directory === 'root files') continue;
    const names = mayImport === '–' ? [] : mayImport.split(',').map((name) => name.trim());
    found.set(
      directory,
      new Map(
        names.map((name) => [
          name.replace(' (types only)', ''),
          name.endsWith('(types only)') ? 'types' : 'all',
        ]),
      ),
    );
  }
  return found;
}

function importsOf(file: string): Import[] {
  const text = code(file);
  const statements = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gu,
  );
  const dynamic = text.matchAll(/\bimport\(\s*'([^']+)'\s*\)/gu);
  const required = text.matchAll(/\b(?:require|createRequire|getBuiltinModule)\(\s*'([^']+)'/gu);
  return [
    ...[...statements].map(([, type, target = '']) => ({
      from: file,
      target,
      typesOnly: type !== undefined,
      isDynamic: false,
    })),
    ...[...dynamic, ...required].map(([, target = '']) => ({
      from: file,
      target,
      typesOnly: false,
      isDynamic: true,
    })),
  ];
}

function code(file: string): string {
  return readFileSync(join(project, 'src', file), 'utf8').replaceAll(/^\s*(?:\/\/|\*|\/\*\*).*$/gmu, '');
}

function directoryOf(file: string): string {
  return file.startsWith('../') ? file.slice(3) : (file.split('/')[0] ?? file);
}

function resolved(from: string, target: string): string {
  return posix.normalize(posix.join(dirname(from), target));
}

function isBuiltIn(target: string): boolean {
  return target.startsWith('node:') || builtIns.has(target.split('/')[0] ?? target);
}

/** Every strongly connected group of more than one file, and every file that imports itself. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: string[]): void => {
    const at = trail.indexOf(file);
    if (at >= 0) found.push([...trail.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}
