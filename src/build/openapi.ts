import { getPart, type Tracked } from '../object/provenance.ts';
import { isMapping } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import type { BuildContext, BuiltinUse, Place } from './build-context.ts';
import { mappingOf } from './kustomization.ts';
import { builtinMergeSchemas, type MergeSchemas, schemasFromOpenApi } from './merge-schema.ts';
import { isProblem, type Problem } from './problem.ts';
import type { Target } from './target.ts';

/** Takes `openapi` to heart. The first one that counts is the root's, then the first one met below it (kyaml/openapi SetSchema). */
export function readSchema(
  context: BuildContext,
  { kustomization, loader }: Target,
  place: Place,
): Problem | undefined {
  const openapi = mappingOf(kustomization, 'openapi');
  const isRoot = place.ancestors.length === 0;
  if (openapi === undefined || (context.schemas.isSet && !isRoot)) return undefined;
  const path = textAt(openapi, 'path');
  const version = textAt(openapi, 'version');
  if (path !== undefined && version !== undefined) {
    return openapiProblem(openapi, 'openapi has both a path and a version', 'keep one of them');
  }
  if (path !== undefined) {
    const documents = loader.documents(path, 'openapi', 'api-server');
    if (isProblem(documents)) return documents;
    const document = documents[0]?.value;
    if (!isMapping(document))
      return openapiProblem(openapi, `${path.value} is not an OpenAPI document`, 'correct the path');
    context.schemas.current = schemasBeside(context.schemas.builtin, schemasFromOpenApi(document));
    context.schemas.isSet = true;
  } else if (version !== undefined && version.value !== '') {
    if (version.value !== builtinOpenApiVersion) {
      const help = `kustomize 5.8 has only ${builtinOpenApiVersion} built in`;
      return openapiProblem(openapi, `openapi.version ${String(version.value)} is not built in`, help);
    }
    context.schemas.current = builtinMergeSchemas;
    context.schemas.isSet = true;
  }
  return undefined;
}

/** A part of `openapi`, where null is the empty text. */
function textAt(openapi: Tracked, key: string): Tracked<string> | undefined {
  const part = getPart(openapi, key);
  return part && { value: valueText(part.value ?? ''), origin: part.origin };
}

/**
 * What was read of the built-in schema stays beside another: below it, or above it where only the scope of a kind was asked, for then
 * it is parsed later (kyaml/openapi initSchema of v0.21).
 */
function schemasBeside(use: BuiltinUse, own: MergeSchemas): MergeSchemas {
  if (use === 'none') return own;
  const [first, second] = use === 'merge' ? [own, builtinMergeSchemas] : [builtinMergeSchemas, own];
  return {
    ...own,
    schemaOf: (apiVersion, kind) => first.schemaOf(apiVersion, kind) ?? second.schemaOf(apiVersion, kind),
  };
}

const builtinOpenApiVersion = 'v1.21.2';

function openapiProblem(openapi: Tracked, problem: string, help: string): Problem {
  return { rule: 'kustomization-invalid', problem, help, at: openapi.origin };
}
