import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMap, isSeq, parseAllDocuments, visit } from 'yaml';
import { writeBaseline } from '../../src/report/finding/baseline.ts';
import type { Finding, Report } from '../../src/report/report.ts';
import { judgeGate } from '../../src/run/gate.ts';
import { fix, lint } from '../../src/run/judge.ts';
import type { Partial as Shard } from '../../src/run/partial.ts';
import type { LintOptions } from '../../src/run/request.ts';
import { buildShard, mergeShards } from '../../src/run/shard.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { type Files, workloadTrees } from '../support/random-workloads.ts';
import '../support/property-seed.ts';

const runs = {
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? 25),
  endOnFailure: process.env['PROPERTY_SHRINK'] === undefined,
};

function asked(files: Files, more: Partial<LintOptions> = {}): LintOptions {
  return { fileSystem: memoryFileSystem(files), paths: [''], profile: 'all', ...more };
}

const wordsOf = ({ rule, span, message }: Finding): string => `${rule} ${span.file.path} ${message}`;

/** What is new to who accepted all that was found before; of what could not be checked nothing is ever known. */
function freshIn(files: Files, baseline: string, more: Partial<LintOptions> = {}): string[] {
  const report = lint(asked({ ...files, 'known.json': baseline }, { baseline: 'known.json', ...more }));
  return freshOf(report);
}

function freshOf({ findings }: Report): string[] {
  return findings.filter(({ unchecked }) => unchecked === undefined).map(wordsOf);
}

type Edit = (files: Files) => Files;

function renamed(from: string, to: string, files: Files): Files {
  if (!Object.keys(files).some((path) => path.startsWith(`${from}/`))) return files;
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path.startsWith(`${from}/`) ? to + path.slice(from.length) : path,
      text.replaceAll(new RegExp(`(^|[\\s\\["'/])${from}(?=[/\\s\\]"',]|$)`, 'gmu'), `$1${to}`),
    ]),
  );
}

function moved(from: string, to: string, files: Files): Files {
  const { [`base/${from}`]: text, ...others } = files;
  if (text === undefined) return files;
  const list = files['base/kustomization.yaml'] ?? '';
  return { ...others, [`base/${to}`]: text, 'base/kustomization.yaml': list.replace(from, to) };
}

/** Each object of a file written anew, with what `change` does to it. */
function rewritten(
  path: string,
  change: (document: ReturnType<typeof parseAllDocuments>[number]) => void,
): Edit {
  return (files) => {
    const text = files[path];
    if (text === undefined) return files;
    const documents = [...parseAllDocuments(text.replace('\u{feff}', ''))];
    for (const document of documents) change(document as (typeof documents)[number]);
    return { ...files, [path]: documents.map(String).join('---\n') };
  };
}

const edits: Readonly<Record<string, Edit>> = {
  'adds a label': rewritten('base/web.yaml', (document) =>
    document.setIn(['metadata', 'labels', 'added'], 'yes'),
  ),
  'adds a field of a container': rewritten('base/web.yaml', (document) => {
    visit(document, {
      Map: (_, node) => {
        if (node.has('image')) node.set('workingDir', '/');
      },
    });
  }),
  'reverses fields': rewritten('base/web.yaml', (document) => {
    visit(document, { Map: (_, node) => void node.items.reverse() });
  }),
  'reverses containers': rewritten('base/web.yaml', (document) => {
    visit(document, {
      Seq: (_, node) => {
        if (node.items.every((item) => isMap(item) && item.has('image'))) node.items.reverse();
      },
    });
  }),
  'reverses resources': rewritten('base/kustomization.yaml', (document) => {
    const list = document.get('resources') ?? document.get('bases');
    if (isSeq(list)) list.items.reverse();
  }),
  'moves a file': (files) => moved('web.yaml', 'parts/workload.yaml', files),
  'renames a file': (files) => moved('more.yaml', 'others.yaml', files),
  'renames the base': (files) => renamed('base', 'common', files),
  'renames the overlays': (files) => renamed('overlays', 'environments', files),
  'renames an overlay': (files) => renamed('overlays/dev', 'overlays/development', files),
  'renames the clusters': (files) => renamed('clusters', 'fleet', files),
  'writes comments': (files) =>
    Object.fromEntries(
      Object.entries(files).map(([path, text]) => [
        path,
        path.endsWith('.json') || text.startsWith('\u{feff}') ? text : `# note\n\n${text}`,
      ]),
    ),
  // Before there was any, the base was checked by itself; what patches repair in all others is new in one that has none.
  'adds an environment': (files) =>
    Object.entries(files).some(([path, text]) => overlay.test(path) && !text.includes('patch'))
      ? { ...files, 'overlays/alpha/kustomization.yaml': 'resources: [../../base]\nnamespace: alpha\n' }
      : files,
  'makes the safe fixes': (files) => fixed(files, false),
  'makes all fixes': (files) => fixed(files, true),
};

const overlay = /^overlays\/[^/]+\/kustomization\.yaml$/u;

function fixed(files: Files, unsafe: boolean): Files {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const outcome = fix(asked(files), { unsafe });
  // More is found of an object that nobody could look at before.
  if (outcome.applied.some(({ fix: { reveals } }) => reveals === true)) return files;
  return {
    ...files,
    ...Object.fromEntries(outcome.files.map(({ path, after }) => [path, decoder.decode(after)])),
  };
}

describe('known findings of any tree', () => {
  it('stay known after any edit that has nothing to do with them', () => {
    fc.assert(
      fc.property(workloadTrees, fc.constantFrom(...Object.keys(edits)), (files, name) => {
        const after = edits[name]?.(files) ?? files;
        fc.pre(after !== files);
        const before = lint(asked(files));
        expect(freshIn(after, writeBaseline(before, '2026-01-01')), name).toEqual([]);
        const gate = judgeGate(asked(after), { name: 'base', files: () => memoryFileSystem(files) });
        expect(freshOf(gate.report), `${name}, with a base`).toEqual([]);
      }),
      { ...runs, numRuns: runs.numRuns * 3 },
    );
  });

  it('are known to every part of a run, which says nothing that the whole does not say', () => {
    fc.assert(
      fc.property(workloadTrees, fc.nat(), (files, choice) => {
        const whole = lint(asked(files));
        const all = new Set(whole.findings.map(({ fingerprint }) => fingerprint));
        const baseline = writeBaseline(whole, '2026-01-01');
        const paths = Object.keys(files);
        const path = paths[choice % paths.length] ?? '';
        const folder = path.slice(0, path.lastIndexOf('/'));
        const parts: Readonly<Record<string, Partial<LintOptions>>> = {
          'a touched file': { touched: [path] },
          // Who names a base alone wants it checked alone, which nothing deploys.
          ...(folder === 'base' ? {} : { 'a folder': { paths: [folder] } }),
        };
        for (const [name, more] of Object.entries(parts)) {
          const said = lint(asked(files, more)).findings.filter(({ unchecked }) => unchecked === undefined);
          expect(
            said.filter(({ fingerprint }) => !all.has(fingerprint)).map(wordsOf),
            `${name} ${path}`,
          ).toEqual([]);
          expect(freshIn(files, baseline, more), `${name} ${path}`).toEqual([]);
        }
        const shards = [1, 2].map(
          (index) => JSON.parse(JSON.stringify(buildShard(asked(files), { index, count: 2 }))) as Shard,
        );
        const { report } = mergeShards(asked(files), shards);
        expect(report.findings.map(({ fingerprint }) => fingerprint)).toEqual(
          whole.findings.map(({ fingerprint }) => fingerprint),
        );
      }),
      runs,
    );
  });

  it('are known to each environment alone', () => {
    fc.assert(
      fc.property(workloadTrees, (files) => {
        const names = ['dev', 'prod'].filter((name) => `overlays/${name}/kustomization.yaml` in files);
        fc.pre(names.length > 0);
        const lines = names.map((name) => `  ${name}: {root: overlays/${name}}\n`).join('');
        const named = { ...files, 'cdb-lint.yaml': `environments:\n${lines}` };
        const whole = lint(asked(named));
        const all = new Set(whole.findings.map(({ fingerprint }) => fingerprint));
        const baseline = writeBaseline(whole, '2026-01-01');
        for (const name of names) {
          expect(freshIn(named, baseline, { environments: [name] }), name).toEqual([]);
          const said = lint(asked(named, { environments: [name] })).findings;
          expect(
            said
              .filter(({ fingerprint, unchecked }) => unchecked === undefined && !all.has(fingerprint))
              .map(wordsOf),
          ).toEqual([]);
        }
      }),
      runs,
    );
  });
});
