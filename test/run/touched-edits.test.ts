import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, Report } from '../../src/report/report.ts';
import { judge, lint, type RunJudgement } from '../../src/run/judge.ts';
import type { LintOptions } from '../../src/run/request.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { variants } from '../support/changing-files.ts';
import '../support/property-seed.ts';

type Files = Readonly<Record<string, string>>;

// Policies of other builds are left to the whole run, as docs/editors.md says.
const left = new Set(['cdb-lint.yaml', 'policies/policy.yaml']);
const paths = Object.keys(variants).filter((path) => !left.has(path));

/** Which variant of each file is there. */
const trees = fc.record(
  Object.fromEntries(paths.map((path) => [path, fc.nat((variants[path]?.length ?? 1) - 1)])),
);
/** What an edit does to one file: puts another variant in its place, takes it away, breaks it, or gives it another name. */
const edits = fc.record({
  path: fc.constantFrom(...paths),
  kind: fc.constantFrom('change', 'delete', 'break', 'rename', 'add'),
  variant: fc.nat(5),
});

function filesOf(choice: Readonly<Record<string, number>>): Files {
  return Object.fromEntries(
    Object.entries(choice).flatMap(([path, variant]) => {
      const text = variants[path]?.[variant];
      return text === undefined ? [] : [[path, text]];
    }),
  );
}

interface Edited {
  readonly files: Files;
  /** Old and new names of all that is not as it was. */
  readonly touched: readonly string[];
}

function edited(
  before: Files,
  { path, kind, variant }: { path: string; kind: string; variant: number },
): Edited {
  const text = before[path];
  const { [path]: _, ...others } = before;
  const options = (variants[path] ?? []).filter((one) => one !== undefined);
  const next = options[variant % options.length] ?? '';
  switch (text === undefined ? 'change' : kind) {
    case 'delete':
      return { files: others, touched: [path] };
    case 'rename': {
      const renamed = path.replace(/([^/]*)$/u, 'renamed-$1');
      return { files: { ...others, [renamed]: text ?? '' }, touched: [path, renamed] };
    }
    case 'break':
      return { files: { ...before, [path]: `${text}broken: [\n` }, touched: [path] };
    case 'add':
      return { files: { ...before, [path]: `${text}added: true\n` }, touched: [path] };
    default:
      return { files: { ...before, [path]: next }, touched: [path] };
  }
}

function asked(files: Files, more: Partial<LintOptions> = {}): LintOptions {
  return { fileSystem: memoryFileSystem(files), paths: [''], profile: 'all', ...more };
}

function run(files: Files): RunJudgement {
  return judge(asked(files));
}

const fingerprintsOf = ({ findings }: Report): Set<string> =>
  new Set(findings.map(({ fingerprint }) => fingerprint));

describe('what --touched says of any edit', () => {
  it('is said by the whole run as well, and misses nothing new of what the edit reaches', () => {
    fc.assert(
      fc.property(trees, edits, (choice, edit) => {
        const before = filesOf(choice);
        const { files, touched } = edited(before, edit);
        const [earlier, whole, part] = [run(before), run(files), lint(asked(files, { touched }))];
        const [known, all, told] = [earlier.report, whole.report, part].map(fingerprintsOf);
        const more = part.findings.filter(({ fingerprint }) => all?.has(fingerprint) !== true);
        expect(more.map(({ rule, span }) => `${rule} ${span.file.path}`)).toEqual([]);
        const reached = new Set(
          [...whole.builds.values(), ...earlier.builds.values()]
            .filter(({ inputs }) => inputs.some((path) => touched.includes(path)))
            .map(({ root }) => root),
        );
        const missed = whole.report.findings.filter(
          ({ fingerprint, severity, occurrences }) =>
            severity === 'error' &&
            known?.has(fingerprint) !== true &&
            told?.has(fingerprint) !== true &&
            occurrences.some(({ entryPoint }) => entryPoint !== undefined && reached.has(entryPoint)),
        );
        expect(missed.map(({ rule, span, message }) => `${rule} ${span.file.path} ${message}`)).toEqual([]);
        // A component that nothing takes is tried on top of whatever there is, which is not what an edit elsewhere is about.
        const isTried = ({ occurrences, span }: Finding): boolean =>
          occurrences.every(({ entryPoint }) => entryPoint === undefined) &&
          !touched.includes(span.file.path);
        // Nor does what was deleted say of what it made an entry point by no longer taking it in.
        const roots = new Set([...earlier.builds.values()].map(({ root }) => root));
        const wasBuilt = ({ occurrences }: Finding): boolean =>
          occurrences.some(({ entryPoint: one }) => one === undefined || reached.has(one) || roots.has(one));
        const open = whole.report.findings.filter(
          (one) =>
            one.unchecked !== undefined &&
            known?.has(one.fingerprint) !== true &&
            !isTried(one) &&
            wasBuilt(one),
        );
        if (open.length > 0)
          expect(part.exitCode, JSON.stringify(open.map(({ message }) => message))).toBe(2);
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 60) },
    );
  });
});
