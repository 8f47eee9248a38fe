import { secretSpansIn } from '../build/secret-spans.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import { isSecretRule } from '../report/criteria.ts';
import { valueSpan } from '../report/finding/redact.ts';
import type { Sources } from '../source/load.ts';
import type { EntryPoints } from '../survey/entry-points.ts';
import type { Unit } from '../survey/unit.ts';

/** Where secrets stand in what the report may show. */
export function secretsIn(
  sources: Sources,
  diagnostics: readonly Diagnostic[],
  { units, found }: { readonly units: readonly Unit[]; readonly found: Pick<EntryPoints, 'plainFiles'> },
): Span[] {
  const places = diagnostics.flatMap(({ span, related }) => [span, ...related.map((one) => one.span)]);
  const files = new Map(places.map(({ file }) => [file.path, file]));
  const plain = new Set(found.plainFiles);
  const suspects = diagnostics.filter(({ rule }) => isSecretRule(rule));
  return [
    ...secretSpansIn(sources, {
      files: [...files.values()],
      readerOf: (path) => (plain.has(path) ? 'api-server' : 'kustomize'),
      inputs: units.flatMap(({ build }) => build.inputs),
    }),
    ...suspects.flatMap(({ span, related }) => [span, ...related.map((one) => one.span)]).map(valueSpan),
  ];
}
