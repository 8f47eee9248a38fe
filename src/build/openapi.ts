import { getPart, type Tracked } from '../object/provenance.ts';
import { isMapping } from '../source/value.ts';
import type { BuildContext, Place } from './build-context.ts';
import { mappingOf } from './kustomization.ts';
import { builtinMergeSchemas, schemasFromOpenApi } from './merge-schema.ts';
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
  const path = getPart(openapi, 'path');
  const version = getPart(openapi, 'version');
  if (path !== undefined && version !== undefined) {
    return openapiProblem(openapi, 'openapi names both a path and a version', 'keep one of them');
  }
  if (typeof path?.value === 'string') {
    const documents = loader.documents(path as Tracked<string>, 'openapi', 'api-server');
    if (isProblem(documents)) return documents;
    const document = documents[0]?.value;
    if (!isMapping(document))
      return openapiProblem(openapi, `${path.value} is no OpenAPI document`, 'correct the path');
    context.schemas.current = schemasFromOpenApi(document);
    context.schemas.isSet = true;
  } else if (version !== undefined && version.value !== '') {
    if (version.value !== builtinOpenApiVersion) {
      const help = `kustomize 5.8 carries ${builtinOpenApiVersion} alone`;
      return openapiProblem(openapi, `openapi.version ${String(version.value)} is not built in`, help);
    }
    context.schemas.current = builtinMergeSchemas;
    context.schemas.isSet = true;
  }
  return undefined;
}

const builtinOpenApiVersion = 'v1.21.2';

function openapiProblem(openapi: Tracked, problem: string, help: string): Problem {
  return { rule: 'kustomization-invalid', problem, help, at: openapi.origin };
}
