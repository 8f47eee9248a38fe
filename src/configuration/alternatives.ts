import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Document } from '../source/document.ts';
import { isBelow } from '../source/path.ts';
import { isSequence, type Path, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import type { Alternatives, Configuration } from './configuration.ts';
import { spanOf } from './schema-diagnostics.ts';

/** Reads `alternatives`; a directory inside of another one of the same entry cannot be another way. */
export function alternativesOf(
  document: Document,
  toRoot: (path: string, at: Path) => string,
  diagnostics: Diagnostic[],
): Alternatives[] {
  const list = valueAt(document.value, ['alternatives']);
  return (isSequence(list) ? list : []).map((item, index) => {
    const written = valueAt(item, ['paths']);
    const paths = (isSequence(written) ? written : []).map((path, place) => {
      const at = ['alternatives', index, 'paths', place];
      return { path: toRoot(valueText(path), at), span: spanOf(document, at, 'value') };
    });
    for (const [place, one] of paths.entries())
      if (paths.some((other, at) => at !== place && isBelow(one.path, other.path)))
        diagnostics.push(inside(one));
    return { paths, reason: valueText(valueAt(item, ['reason'])) };
  });
}

function inside({ path, span }: Alternatives['paths'][number]): Diagnostic {
  return {
    rule: 'configuration-invalid',
    severity: 'error',
    message: `"${path}" is within another path of the same alternatives`,
    help: 'list directories that do not overlap',
    span,
    related: [],
    unchecked: 'everything, because the configuration cannot be used',
  };
}

/** Alternatives below the paths of a run that deploy nothing: an entry that says nothing would hide a mistake. */
export function emptyAlternatives(
  { alternatives }: Configuration,
  paths: readonly string[],
  deploying: ReadonlySet<string>,
): Diagnostic[] {
  return alternatives
    .flatMap((one) => one.paths)
    .filter(({ path }) => !deploying.has(path) && paths.some((above) => isBelow(path, above)))
    .map(({ path, span }) => ({
      rule: 'alternative-empty',
      severity: 'error',
      message: `nothing in ${path || '.'} is deployed by Flux or Argo CD, so it is not an alternative`,
      help: 'correct the path, or remove it',
      span,
      related: [],
    }));
}
