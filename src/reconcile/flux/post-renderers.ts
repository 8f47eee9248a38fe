import { patchRendered } from '../../build/patch-rendered.ts';
import { isProblem, type Problem, spanOfProblem } from '../../build/problem.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Build } from '../../object/build.ts';
import { findingAt } from '../../object/finding.ts';
import { mappingsAt } from '../../object/object-field.ts';
import {
  getAt,
  getPart,
  itemsOf,
  mappingOf,
  namedOrigin,
  setItems,
  type Tracked,
} from '../../object/provenance.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { Sources } from '../../source/load.ts';
import { isMapping } from '../../source/value.ts';

/** What post-renderers leave of a release, or the finding that stops it. */
export type PostRendered =
  | Pick<Build, 'resources' | 'effects' | 'dropped'>
  | { readonly refused: Diagnostic };

/** What helm-controller 1.6 makes of rendered objects by `spec.postRenderers` (internal/postrender), one after the other. */
export function postRender(
  declaration: Resource,
  rendered: readonly Resource[],
  sources: Sources,
): PostRendered {
  let current: Exclude<PostRendered, { readonly refused: Diagnostic }> = {
    resources: rendered,
    effects: [],
    dropped: [],
  };
  for (const { item } of mappingsAt(declaration, 'spec', 'postRenderers')) {
    const kustomize = getPart(item, 'kustomize');
    if (kustomize === undefined || !isMapping(kustomize.value)) continue;
    const fields = [
      ['patches', patchesOf(kustomize)],
      ['images', imagesOf(kustomize)],
    ] as const;
    const next = patchRendered(current.resources, fields, { sources, at: item.origin });
    if (isProblem(next)) return { refused: refusal(declaration, next) };
    current = {
      resources: next.resources,
      effects: [...current.effects, ...next.effects],
      dropped: [...(current.dropped ?? []), ...next.dropped],
    };
  }
  return current;
}

/** Only these two fields of a patch are taken over. */
function patchesOf(kustomize: Tracked): Tracked {
  return listOf(kustomize, 'patches', ['patch', 'target']);
}

function imagesOf(kustomize: Tracked): Tracked {
  return listOf(kustomize, 'images', ['name', 'newName', 'newTag', 'digest']);
}

function listOf(kustomize: Tracked, field: string, keys: readonly string[]): Tracked {
  const list = getAt(kustomize, [field]);
  const items = list === undefined ? [] : itemsOf(list);
  const kept = items.map((item) =>
    mappingOf(
      keys.flatMap((key): [string, Tracked][] => {
        const part = getPart(item, key);
        return part === undefined ? [] : [[key, { ...part, origin: namedOrigin(field, part.origin) }]];
      }),
      namedOrigin(field, item.origin),
    ),
  );
  return setItems({ value: [], origin: (list ?? kustomize).origin }, kept);
}

function refusal(declaration: Resource, problem: Problem): Diagnostic {
  const name = nameOf(declaration.object);
  const at = findingAt(declaration, {
    rule: 'chart-render-failed',
    severity: 'error',
    message: `a post-renderer of ${name} fails: ${problem.problem}`,
    help: problem.help ?? 'correct the patch, which applies to the output of the chart',
    path: ['spec', 'postRenderers'],
    unchecked: `what ${name} installs`,
  });
  return { ...at, span: spanOfProblem(problem, at.span) };
}
