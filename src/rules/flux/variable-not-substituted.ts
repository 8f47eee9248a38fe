import { mappingAt, mappingsAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { variablesOf } from '../../reconcile/flux/fill-text.ts';
import { isProgramText } from '../../reconcile/flux/substitute.ts';
import { parseTemplate, type VariableNode } from '../../reconcile/flux/substitution-template.ts';
import { hasPostBuild, isSubstitutionDisabled, substitutesAlways } from '../../reconcile/flux/variables.ts';
import { visitTexts } from '../../reconcile/flux/visit-texts.ts';
import { describeReconciliation, type Reconciliation } from '../../reconcile/reconciliation.ts';
import type { Path } from '../../source/value.ts';
import type { ClusterRule } from '../rule.ts';

/** Variables that reach the cluster as they are written, because their Kustomization substitutes nothing. */
export const variableNotSubstituted: ClusterRule = {
  id: 'variable-not-substituted',
  severity: 'error',
  scope: 'cluster',
  tags: ['flux'],
  *judge({ reconciliations }) {
    const flux = reconciliations.filter(({ by }) => by === 'flux');
    const known = new Set(
      flux.flatMap(({ declaration }) => (declaration === undefined ? [] : namesIn(declaration))),
    );
    for (const one of flux) {
      if (one.declaration === undefined || substitutes(one.declaration)) continue;
      for (const resource of one.build.resources) yield* judgeResource(resource, one, known);
    }
  },
};

// Without any variable Flux leaves the text alone, defaults included, unless it is told to substitute always.
function substitutes(declaration: Resource): boolean {
  if (!hasPostBuild(declaration)) return false;
  return (
    substitutesAlways(declaration) ||
    namesIn(declaration).length > 0 ||
    mappingsAt(declaration, 'spec', 'postBuild', 'substituteFrom').length > 0
  );
}

function namesIn(declaration: Resource): string[] {
  return Object.keys(mappingAt(declaration, 'spec', 'postBuild', 'substitute')?.value ?? {});
}

function judgeResource(resource: Resource, one: Reconciliation, known: ReadonlySet<string>): RuleProblem[] {
  if (isSubstitutionDisabled(resource.object)) return [];
  const problems: RuleProblem[] = [];
  visitTexts(resource.object, [], '${', (text, path) => {
    const template = parseTemplate(text);
    if ('error' in template || isDescription(path) || isProgramText(resource.object, path, text)) return;
    const node = variablesOf(template).find((variable) => isMeantForFlux(variable, known));
    if (node === undefined) return;
    problems.push({
      at: [resource, ...path],
      within: { start: node.offset, end: node.offset + node.source.length, text },
      message: `${node.source} reaches the cluster unchanged: ${describeReconciliation(one)} substitutes nothing`,
      help: 'add spec.postBuild to the Kustomization; if it has only defaults, with substituteStrategy: Always',
    });
  });
  return problems;
}

// The CRDs of Flux itself show the form in their descriptions.
function isDescription(path: Path): boolean {
  return path.includes('openAPIV3Schema') && path.at(-1) === 'description';
}

// Others write ${…} too: what a sibling defines, or what has a default in the form that Flux documents, is Flux's.
function isMeantForFlux({ name, operator }: VariableNode, known: ReadonlySet<string>): boolean {
  return known.has(name) || operator === ':=';
}
