import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { findingAt } from '../../object/finding.ts';
import { mappingsAt } from '../../object/object-field.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { Path } from '../../source/value.ts';
import { suppliesDefault } from './evaluate-template.ts';
import { variablesOf } from './fill-text.ts';
import { parseTemplate, type VariableNode } from './substitution-template.ts';
import { isSubstitutionDisabled, substitutesAlways, type Variables } from './variables.ts';
import { visitTexts } from './visit-texts.ts';

/**
 * Defaults that reach the cluster as they are written: without any variable Flux substitutes nothing, and where all sources
 * are optional there may be none (kustomize-controller 1.9, SubstituteVariables).
 */
export function bareDefaults(
  declaration: Resource,
  variables: Variables,
  resources: readonly Resource[],
): Diagnostic[] {
  if (variables.byName.size > 0 || substitutesAlways(declaration)) return [];
  const sources = mappingsAt(declaration, 'spec', 'postBuild', 'substituteFrom');
  if (sources.length === 0 || sources.some(({ item }) => item.value['optional'] !== true)) return [];
  const found = resources.flatMap(defaultsIn);
  const [first] = found;
  if (first === undefined) return [];
  const { resource, path, node, text } = first;
  const others = found.length === 1 ? '' : ` and ${found.length - 1} more`;
  return [
    findingAt(resource, {
      rule: 'variable-not-substituted',
      severity: 'warning',
      message: `${node.source}${others} reaches the cluster unchanged while no source of Kustomization ${nameOf(declaration.object)} exists: without any variable, Flux substitutes nothing, not even defaults`,
      help: 'write substituteStrategy: Always (Flux 2.9), or one variable under spec.postBuild.substitute',
      path,
      within: { start: node.offset, end: node.offset + node.source.length, text },
    }),
  ];
}

interface Default {
  readonly resource: Resource;
  readonly path: Path;
  readonly node: VariableNode;
  readonly text: string;
}

function defaultsIn(resource: Resource): Default[] {
  const found: Default[] = [];
  if (isSubstitutionDisabled(resource.object)) return found;
  visitTexts(resource.object, [], '${', (text, path) => {
    const template = parseTemplate(text);
    if ('error' in template) return;
    for (const node of variablesOf(template))
      if (suppliesDefault(node)) found.push({ resource, path, node, text });
  });
  return found;
}
