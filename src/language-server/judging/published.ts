import type { Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { configurationNames } from '../../configuration/configuration-names.ts';
import type { Severity } from '../../diagnostic/severity.ts';
import { kustomizationIn } from '../../object/kustomization-path.ts';
import { impactOf, impactWords } from '../../report/finding/impact.ts';
import type { Finding } from '../../report/report.ts';
import { visible } from '../../report/visible.ts';
import { directoriesAbove, pathBelow } from '../../source/path.ts';
import { rangeOf } from '../editor-range.ts';
import { editorSeverity } from '../editor-severity.ts';
import { changesByUri } from './change.ts';
import { isFile, type JudgedFolder, uriOf } from './judged-folder.ts';
import type { FoundHere } from './messages.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: editorSeverity.error,
  warning: editorSeverity.warning,
  note: editorSeverity.information,
};

/** The findings of a folder as the editor shows them, and what its edits do, by the URI of their file. */
export function foundByUri(
  folder: JudgedFolder,
  needsWhole: (rule: string) => boolean,
): Map<string, FoundHere[]> {
  const byUri = changesByUri(folder);
  for (const finding of folder.judgement.report.findings) {
    const file = fileOf(finding, folder);
    if (file === undefined) continue;
    const uri = uriOf(folder, file);
    const found = byUri.get(uri) ?? [];
    byUri.set(uri, found);
    found.push(foundHere(finding, folder, needsWhole(finding.rule)));
  }
  return byUri;
}

/** What is found of directories and of the run as a whole, and no file can show. */
export function foundNowhere(folder: JudgedFolder): string[] {
  return folder.judgement.report.findings
    .filter((one) => isOfDirectory(one, folder) && fileOf(one, folder) === undefined)
    .map(({ message, help }) => visible(help === undefined ? message : `${message}: ${help}`));
}

function isOfDirectory({ span }: Finding, { fileSystem }: JudgedFolder): boolean {
  const { path } = span.file;
  return path === '.' || fileSystem.kind(path) === 'directory';
}

/** The file that shows a finding: of a directory its kustomization, and of the run as a whole the configuration. */
function fileOf(finding: Finding, folder: JudgedFolder): string | undefined {
  const { path } = finding.span.file;
  const exists = (one: string): boolean => isFile(folder, one);
  if (exists(path)) return path;
  // What stands in a packed chart no editor opens.
  if (!isOfDirectory(finding, folder)) return undefined;
  const directory = path === '.' ? '' : path;
  return (
    kustomizationIn(directory, exists) ??
    directoriesAbove(`${folder.path}/`)
      .toReversed()
      .flatMap((above) => configurationNames.map((name) => pathBelow(above, name)))
      .find(exists)
  );
}

function foundHere(finding: Finding, folder: JudgedFolder, needsWhole: boolean): FoundHere {
  const { rule, message, help, fingerprint, fix } = finding;
  return {
    diagnostic: diagnosticOf(finding, folder),
    rule,
    message,
    ...(help === undefined ? {} : { help }),
    fingerprint,
    needsWhole,
    accept: waysToAccept(finding, folder),
    ...(fix === undefined
      ? {}
      : { fix: fix.description, ...(fix.risk === undefined ? {} : { risk: fix.risk }) }),
  };
}

/** A comment stands in YAML alone, an entry in a baseline that the configuration names. */
function waysToAccept({ unchecked, span }: Finding, { judgement }: JudgedFolder): FoundHere['accept'] {
  if (unchecked !== undefined || span.file.text === '') return [];
  const isYaml = /\.ya?ml$/u.test(span.file.path);
  return [
    ...(isYaml ? (['comment'] as const) : []),
    ...(judgement.report.baseline === undefined ? [] : (['baseline'] as const)),
  ];
}

/** `data` names the entry points whose builds it holds in, for a view that groups by them. */
function diagnosticOf(finding: Finding, folder: JudgedFolder): Diagnostic {
  const { rule, severity, message, help, span, related } = finding;
  const parts = [message, help, impactWords([finding])].filter((part) => part !== undefined && part !== '');
  return {
    range: rangeOf(span),
    severity: severities[severity],
    source: 'cdb-lint',
    code: visible(rule),
    message: parts.map((part) => visible(part ?? '')).join('\n'),
    relatedInformation: related
      .filter((one) => isFile(folder, one.span.file.path))
      .map((one) => ({
        location: { uri: uriOf(folder, one.span.file.path), range: rangeOf(one.span) },
        message: visible(one.message),
      })),
    data: { entryPoints: impactOf(finding).entryPoints.map(visible) },
  };
}
