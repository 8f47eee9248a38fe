import { isMapping, type Mapping, type Value } from '../source/value.ts';
import type { HelmVersion } from './release.ts';

/**
 * Why Helm cannot tell what a document is (SimpleHead of pkg/releaseutil of 3.22 and of pkg/release/v1/util of 4.3): it asks each for its
 * kind, its name and its annotations. Numbers and booleans are let pass as text.
 */
export function headProblem(document: Value | undefined, helm: HelmVersion): string | undefined {
  if (document === undefined || document === null) return undefined;
  const head = helm === 3 ? 'releaseutil.SimpleHead' : 'util.SimpleHead';
  if (!isMapping(document)) return refusal(document, `value of type ${head}`);
  const { apiVersion, kind, metadata } = document;
  return (
    textProblem(apiVersion, 'SimpleHead.apiVersion') ??
    textProblem(kind, 'SimpleHead.kind') ??
    metadataProblem(metadata)
  );
}

function metadataProblem(metadata: Value | undefined): string | undefined {
  const field = (name: string, type: string): string => `struct field ${name} of type ${type}`;
  if (metadata === undefined || metadata === null) return undefined;
  if (!isMapping(metadata)) return refusal(metadata, field('SimpleHead.metadata', metadataType));
  const { name, annotations } = metadata;
  const problem = textProblem(name, '.metadata.name');
  if (problem !== undefined || annotations === undefined || annotations === null) return problem;
  if (!isMapping(annotations))
    return refusal(annotations, field('.metadata.annotations', 'map[string]string'));
  return firstProblem(annotations);
}

const metadataType =
  'struct { Name string "json:\\"name\\""; Annotations map[string]string "json:\\"annotations\\"" }';

function firstProblem(annotations: Mapping): string | undefined {
  for (const value of Object.values(annotations)) {
    const problem = textProblem(value, '.metadata.annotations');
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function textProblem(value: Value | undefined, field: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return refusal(value, `struct field ${field} of type string`);
}

function refusal(value: Value, target: string): string {
  return `json: cannot unmarshal ${typeInJson(value)} into Go ${target}`;
}

function typeInJson(value: Value): string {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value !== 'object') return typeof value === 'string' ? 'string' : 'number';
  return isMapping(value) ? 'object' : 'array';
}
