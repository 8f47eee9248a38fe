import { findingAt } from '../../build/finding.ts';
import type { Resource } from '../../build/resource.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Cluster } from '../cluster.ts';
import { mappingAt } from '../object-field.ts';
import { describeReconciliation, type Reconciliation } from '../reconciliation.ts';
import { isProgramText, variablesOf, visitTexts } from './substitute.ts';
import { parseTemplate, type VariableNode } from './substitution-template.ts';
import { hasPostBuild, isSubstitutionDisabled } from './variables.ts';

/** Variables that reach the cluster as they are written, because their Kustomization substitutes nothing. */
export function judgeUnsubstituted({ reconciliations }: Cluster): Diagnostic[] {
  const flux = reconciliations.filter(({ by }) => by === 'flux');
  const known = new Set(
    flux.flatMap(({ declaration }) => (declaration === undefined ? [] : namesIn(declaration))),
  );
  return flux
    .filter(({ declaration }) => declaration !== undefined && !hasPostBuild(declaration))
    .flatMap((one) => one.build.resources.flatMap((resource) => judgeResource(resource, one, known)));
}

function namesIn(declaration: Resource): string[] {
  return Object.keys(mappingAt(declaration, 'spec', 'postBuild', 'substitute')?.value ?? {});
}

function judgeResource(resource: Resource, one: Reconciliation, known: ReadonlySet<string>): Diagnostic[] {
  if (isSubstitutionDisabled(resource.object)) return [];
  const diagnostics: Diagnostic[] = [];
  visitTexts(resource.object, [], (text, path) => {
    const template = parseTemplate(text);
    if ('error' in template || isProgramText(resource.object, path, text)) return;
    const node = variablesOf(template).find((variable) => isMeantForFlux(variable, known));
    if (node === undefined) return;
    const problem = {
      rule: 'variable-not-substituted',
      severity: 'error',
      message: `${node.source} reaches the cluster as it stands: ${describeReconciliation(one)} has no postBuild`,
      help: 'add spec.postBuild to the Kustomization; for defaults alone, with substituteStrategy: Always',
      path,
    } as const;
    diagnostics.push(findingAt(resource, problem, one.path));
  });
  return diagnostics;
}

// Others write ${…} too: what a sibling defines, or what has a default in the form that Flux documents, is Flux's.
function isMeantForFlux({ name, operator }: VariableNode, known: ReadonlySet<string>): boolean {
  return known.has(name) || operator === ':=';
}
