import type { Diagnostic } from 'vscode-languageserver';
import { plural } from '../../diagnostic/plural.ts';
import type { Span } from '../../diagnostic/span.ts';
import { type ChangedPlace, type ChangeRow, stopsMerge } from '../../report/change-report.ts';
import { visible } from '../../report/visible.ts';
import { rangeOf } from '../editor-range.ts';
import { editorSeverity } from '../editor-severity.ts';
import { isFile, type JudgedFolder, uriOf } from './judged-folder.ts';
import type { FoundHere } from './messages.ts';

/** The source of diagnostics that say what an edit does, and not what is wrong. */
export const changeSource = 'cdb-lint plan';

/** What the way from HEAD to what the editor holds does to each cluster, at the edited lines, by the URI of their file. */
export function changesByUri(folder: JudgedFolder): Map<string, FoundHere[]> {
  const byUri = new Map<string, FoundHere[]>();
  for (const row of folder.judgement.report.change?.rows ?? []) {
    const places = row.place === undefined ? [] : [row.place, ...(row.further ?? [])];
    for (const span of places.flatMap((one) => spanNow(one, folder) ?? [])) {
      const uri = uriOf(folder, span.file.path);
      byUri.set(uri, [...(byUri.get(uri) ?? []), foundHere(row, span, folder)]);
    }
  }
  return byUri;
}

function foundHere(row: ChangeRow, span: Span, folder: JudgedFolder): FoundHere {
  const { reason, title, digest } = row;
  const diagnostic = diagnosticOf(row, span, folder);
  return {
    diagnostic,
    rule: reason,
    message: title,
    fingerprint: title,
    needsWhole: true,
    accept: [],
    ...deletionsOf(row),
    ...(stopsMerge(row) && row.protected === undefined ? { digest } : {}),
  };
}

/** What a row deletes; the same object of several clusters is one. */
function deletionsOf({ objects }: ChangeRow): Pick<FoundHere, 'deletes'> {
  const deleted = objects.filter(({ actions }) => actions.includes('delete'));
  if (deleted.length === 0) return {};
  const names = deleted.map(({ kind, namespace = '', name }) =>
    [kind, namespace === '' ? name : `${namespace}/${name}`].join(' '),
  );
  const clusters = deleted.map(({ cluster }) => cluster);
  return { deletes: { objects: [...new Set(names)], clusters: [...new Set(clusters)] } };
}

/** Where a place stands in the editor: of a line that is gone what stands there now. */
function spanNow({ revision, span, near }: ChangedPlace, folder: JudgedFolder): Span | undefined {
  const now = revision === 'head' ? span : near;
  return now !== undefined && isFile(folder, now.file.path) ? now : undefined;
}

function diagnosticOf(row: ChangeRow, span: Span, folder: JudgedFolder): Diagnostic {
  const { reason, link, safe } = row;
  return {
    range: rangeOf(span),
    severity: stopsMerge(row) ? editorSeverity.information : editorSeverity.hint,
    source: changeSource,
    code: visible(reason),
    ...(link === undefined ? {} : { codeDescription: { href: link } }),
    message: wordsOf(row).map(visible).join('\n'),
    relatedInformation: safe.flatMap(({ text, place }) => {
      const at = place === undefined ? undefined : spanNow(place, folder);
      if (at === undefined) return [];
      return [
        {
          location: { uri: uriOf(folder, at.file.path), range: rangeOf(at) },
          message: visible(`safe way: ${text}`),
        },
      ];
    }),
  };
}

function wordsOf({ severity, title, clusters, pods, details, why, safe }: ChangeRow): string[] {
  const where = clusters.length === 1 ? (clusters[0] ?? '') : plural(clusters.length, 'cluster');
  const anew = pods === 0 ? '' : `, ${plural(pods, 'pod')} ${pods === 1 ? 'starts' : 'start'} again`;
  const steps = safe.map(({ text }, index) => `${index + 1}. ${text}`);
  return [
    `${severity}: ${title} (${where}${anew})`,
    ...details,
    why,
    ...(steps.length === 0 ? [] : ['Safe way:', ...steps]),
  ];
}
