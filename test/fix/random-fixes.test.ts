import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMap, parseAllDocuments, visit } from 'yaml';
import { loadBaseline } from '../../src/accept/load-baseline.ts';
import type { FixOutcome } from '../../src/fix/fix-tree.ts';
import { applyBaseline, writeBaseline } from '../../src/report/finding/baseline.ts';
import type { Finding, Report } from '../../src/report/report.ts';
import { fix, judge, lint, refuteFix } from '../../src/run/judge.ts';
import type { LintOptions } from '../../src/run/request.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { type Files, workloadTrees } from '../support/random-workloads.ts';
import { podsOf, whatStops } from '../support/what-stops.ts';
import '../support/property-seed.ts';

// Each tree is checked a dozen times, so that shrinking takes minutes: PROPERTY_SHRINK=1.
const runs = {
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? 25),
  endOnFailure: process.env['PROPERTY_SHRINK'] === undefined,
};

function asked(files: Files): LintOptions {
  return { fileSystem: memoryFileSystem(files), paths: [''], profile: 'all' };
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function afterwards(files: Files, outcome: FixOutcome): Files {
  return {
    ...files,
    ...Object.fromEntries(outcome.files.map(({ path, after }) => [path, decoder.decode(after)])),
  };
}

const wordsOf = ({ rule, span, message }: Finding): string => `${rule} ${span.file.path} ${message}`;

/** What is new to whoever accepted everything that was found before. */
function freshIn(before: Report, after: Report): readonly Finding[] {
  const file = 'known.json';
  const { entries } = loadBaseline(memoryFileSystem({ [file]: writeBaseline(before, '2026-01-01') }), file);
  return applyBaseline(after, { file, entries }, { isLookedFor: () => true, holds: () => true }).findings;
}

/** A finding in each object and build that shows it. */
const shownIn = ({ rule, message, occurrences }: Finding): string[] =>
  occurrences.map(({ entryPoint, object }) =>
    [rule, message, entryPoint, object?.kind, object?.name].join(' '),
  );

const placeOf = ({ occurrences }: Finding): string =>
  JSON.stringify(occurrences.map(({ object }) => [object?.kind, object?.name])[0]);

/** The objects that nobody could look at before. */
function revealedBy({ applied }: FixOutcome): ReadonlySet<string> {
  return new Set(
    applied.flatMap(({ finding, fix: { reveals } }) => (reveals === true ? [placeOf(finding)] : [])),
  );
}

function commentsOf(text: string): string[] {
  return [...text.matchAll(/(?:^|\s)(#[^\r\n]*)/gu)].map(([, comment]) => comment ?? '').sort();
}

/** Text that people and parsers can read, with every comment, in the line endings it had. */
function expectReadable(before: string, after: string, path: string): void {
  expect(commentsOf(after), path).toEqual(commentsOf(before));
  expect(after.startsWith('\u{feff}'), path).toBe(before.startsWith('\u{feff}'));
  const isWindows = before.includes('\r\n');
  expect(/(?<!\r)\n/u.test(after) && isWindows, path).toBe(false);
  expect(after.includes('\r\n'), path).toBe(isWindows);
  expect(after, path).not.toMatch(/[ \t]+\r?$/mu);
  for (const document of parseAllDocuments(after.replace('\u{feff}', ''))) {
    expect(document.errors, `${path}\n${after}`).toEqual([]);
    visit(document, {
      Map: (_, node) => {
        const keys = node.items.map(({ key }) => String(key));
        expect(new Set(keys).size, `${path} has a key twice`).toBe(keys.length);
      },
    });
    expect(document.contents === null || isMap(document.contents), path).toBe(true);
  }
}

// What only building every entry point shows: a patch that does nothing any more, one that merges lists once their version is known, a
// dollar that Flux would take away and nobody else does, and the note that Flux makes where a kustomization has no `resources`.
const shownByBuilding =
  /^$|^patch-changes-nothing |^in overlays\/\S+ \S+ would change at (?:spec\b.*\bcontainers\[|data\[run\.sh\]|metadata\.annotations\[config\.kubernetes\.io\/origin\])|^overlays\/\S+ would no longer build: no object matches the patch/u;

describe('fixes of any tree', () => {
  it.each([false, true])(
    'hold, change nothing else, and leave nothing to do (unsafe: %s)',
    (unsafe) => {
      fc.assert(
        fc.property(workloadTrees, (files) => {
          const outcome = fix(asked(files), { unsafe });
          const after = afterwards(files, outcome);
          const report = lint(asked(after));
          const left = new Set(report.findings.flatMap(shownIn));
          const made = outcome.applied.flatMap(({ finding }) => shownIn(finding));
          expect(made.filter((one) => left.has(one))).toEqual([]);
          const revealed = revealedBy(outcome);
          expect(
            freshIn(outcome.before, report)
              .filter((one) => !revealed.has(placeOf(one)))
              .map(wordsOf),
          ).toEqual([]);
          expect(report.exitCode).toBeLessThanOrEqual(outcome.before.exitCode);
          for (const [path, text] of Object.entries(after))
            if (text !== files[path]) expectReadable(files[path] ?? '', text, path);
          const again = fix(asked(after), { unsafe });
          expect(again.files.map(({ path }) => path)).toEqual([]);
          expect(again.refused.map(({ finding, why }) => `${wordsOf(finding)}: ${why}`)).toEqual(
            outcome.refused.map(({ finding, why }) => `${wordsOf(finding)}: ${why}`),
          );
          if (unsafe) return;
          const stopped = whatStops(podsOf(judge(asked(files)).builds), podsOf(judge(asked(after)).builds));
          expect(stopped).toEqual([]);
        }),
        runs,
      );
    },
    180_000,
  );

  it('hold one by one where they are offered', () => {
    fc.assert(
      fc.property(workloadTrees, fc.nat(), (files, choice) => {
        const offered = lint(asked(files)).findings.flatMap((finding) =>
          finding.fix === undefined ? [] : [{ finding, fix: finding.fix }],
        );
        const one = offered[choice % Math.max(offered.length, 1)];
        if (one === undefined) return;
        expect(refuteFix(asked(files), one) ?? '', wordsOf(one.finding)).toMatch(shownByBuilding);
      }),
      { ...runs, numRuns: runs.numRuns * 2 },
    );
  });
});
