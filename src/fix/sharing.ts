import { addTo } from '../diagnostic/grouped.ts';
import type { Span } from '../diagnostic/span.ts';
import type { Resource } from '../object/resource.ts';
import { spanAt } from '../source/position.ts';
import { writtenNodes } from './written-nodes.ts';

/** The rendered objects, of any build, that the document had a part in to which a span belongs. */
export type Sharing = (span: Span) => readonly Resource[];

interface Part {
  readonly span: Span;
  readonly resource: Resource;
}

/** Finds them among builds; only the first question makes a table of them. */
export function sharingIn(builds: readonly { readonly resources: readonly Resource[] }[]): Sharing {
  let byFile: Map<string, Part[]> | undefined;
  return ({ file, start, end }) => {
    byFile ??= partsByFile(builds);
    const parts = byFile.get(file.path) ?? [];
    const own = parts.filter(({ span }) => span.start <= start && end <= span.end);
    return [...new Set(own.map(({ resource }) => resource))];
  };
}

function partsByFile(builds: readonly { readonly resources: readonly Resource[] }[]): Map<string, Part[]> {
  const byFile = new Map<string, Part[]>();
  for (const resource of builds.flatMap(({ resources }) => resources)) {
    for (const { positions, index } of writtenNodes(resource.origin)) {
      const span = spanAt(positions, index, 'whole');
      addTo(byFile, span.file.path, { span, resource });
    }
  }
  return byFile;
}
