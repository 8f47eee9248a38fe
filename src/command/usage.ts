import { lintCommand, namedCommands } from './commands.ts';
import { type Command, globalOptions, type Option } from './options.ts';

/** What `--help` prints: of the whole tool, or of one command. */
export function usage(command: Command): string {
  return command === lintCommand ? wholeUsage() : commandUsage(command);
}

function wholeUsage(): string {
  const commands = [lintCommand, ...namedCommands].map(({ synopsis, words }) => [synopsis, words] as const);
  return [
    'cdb-lint: the merge gate for GitOps repositories. It builds every environment as Kustomize',
    'does, admits it as an API server would, and points at the line to edit. Nothing is sent anywhere.',
    '',
    ...columns(commands),
    '',
    'Options of lint:',
    ...optionRows(lintCommand.options),
    ...optionRows(globalOptions),
    '',
    'Exit code: 0 clean, 1 findings at or above --fail-on, 2 something could not be checked.',
    '',
    'Examples:',
    ...columns([
      ['cdb-lint k8s/', 'judge every environment below k8s/'],
      ['cdb-lint k8s/ --environment prod --fail-on warning', 'one environment, strictly'],
      ['cdb-lint --format json=report.json --format terminal', 'for machines and for people'],
      ['cdb-lint render k8s/overlays/prod | kubectl diff -f -', 'what would change'],
    ]),
    '',
  ].join('\n');
}

function commandUsage({ synopsis, words, options }: Command): string {
  const rows = optionRows([...options, ...globalOptions]);
  return [`${synopsis}: ${words}`, '', 'Options:', ...rows, ''].join('\n');
}

function optionRows(options: readonly Option[]): string[] {
  return columns(
    options.map(
      ({ name, value, words }) => [`--${name}${value === undefined ? '' : ` ${value}`}`, words] as const,
    ),
    29,
  );
}

function columns(rows: readonly (readonly [string, string])[], least = 0): string[] {
  const width = Math.max(least, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
