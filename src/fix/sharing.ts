import type { Span } from '../diagnostic/span.ts';
import type { Resource } from '../object/resource.ts';
import { spanAt } from '../source/position.ts';
import { writtenNodes } from './written-nodes.ts';

/** The rendered objects, of any build, that the document had a part in to which a span belongs. */
export type Sharing = (span: Span) => readonly Resource[];

/** A document, and the rendered objects that it had a part in with their numbers among all. */
interface Shared {
  readonly span: Span;
  readonly resources: Map<Resource, number>;
}

/** Finds them among builds; only the first question makes a table of them. */
export function sharingIn(builds: readonly { readonly resources: readonly Resource[] }[]): Sharing {
  let byFile: Map<string, Map<string, Shared>> | undefined;
  return ({ file, start, end }) => {
    byFile ??= documentsByFile(builds);
    const documents = [...(byFile.get(file.path)?.values() ?? [])];
    const own = documents.filter(({ span }) => span.start <= start && end <= span.end);
    if (own.length === 1) return own.flatMap(({ resources }) => [...resources.keys()]);
    const all = new Map(own.flatMap(({ resources }) => [...resources]));
    return [...all].sort(([, one], [, other]) => one - other).map(([resource]) => resource);
  };
}

function documentsByFile(
  builds: readonly { readonly resources: readonly Resource[] }[],
): Map<string, Map<string, Shared>> {
  const byFile = new Map<string, Map<string, Shared>>();
  for (const [number, resource] of builds.flatMap(({ resources }) => resources).entries()) {
    for (const { positions, index } of writtenNodes(resource.origin)) {
      const span = spanAt(positions, index, 'whole');
      const documents = byFile.get(span.file.path) ?? new Map<string, Shared>();
      byFile.set(span.file.path, documents);
      const key = `${span.start} ${span.end}`;
      const shared = documents.get(key) ?? { span, resources: new Map() };
      documents.set(key, shared);
      if (!shared.resources.has(resource)) shared.resources.set(resource, number);
    }
  }
  return byFile;
}
