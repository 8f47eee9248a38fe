import type { Report } from '../../src/report/report.ts';
import { terminalReport } from '../../src/report/terminal/terminal.ts';
import { lintFiles } from './lint-files.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** A harmless build beside the hostile one, with one mistake that is to be found whatever else happens. */
export const bystander: Readonly<Record<string, string>> = {
  'good/kustomization.yaml': 'resources: [pod.yaml]\n',
  'good/pod.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: good\nspec:\n  containers:\n    - name: good\n      imge: good:1.0.0\n      image: good:1.0.0\n',
};

export interface HostileOutcome {
  readonly exitCode: number;
  /** The rules that found something, without the bystander's mistake. */
  readonly rules: readonly string[];
  readonly findsBystander: boolean;
  readonly words: string;
}

/** What becomes of hostile files that stand below `bad/` in a repository with a bystander. */
export function lintHostile(files: Files): HostileOutcome {
  return outcomeOf(lintFiles({ ...bystander, ...files } as Record<string, string>));
}

export function outcomeOf(report: Report): HostileOutcome {
  const isBystander = (path: string): boolean => path.startsWith('good/');
  const others = report.findings.filter(({ span }) => !isBystander(span.file.path));
  return {
    exitCode: report.exitCode,
    rules: [...new Set(others.map(({ rule }) => rule))].sort(),
    findsBystander: report.findings.some(
      ({ rule, span }) => rule === 'unknown-field' && isBystander(span.file.path),
    ),
    words: terminalReport(report, { colours: false, width: 120, guardCommands: true }),
  };
}

/** What only a program that lost its way prints. */
export const lostWords =
  /this is a bug|RangeError|TypeError|Maximum call stack|is not a function|Cannot read prop|\n {4}at |\[object Object\]|\bundefined\b/u;

export const service = (name: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector:\n    app: ${name}\n  ports:\n    - port: 80\n`;
