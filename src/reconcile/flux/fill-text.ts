import { originOfMade } from '../../object/made-value.ts';
import { namedOrigin, type Origin, type TextSource, type Tracked } from '../../object/provenance.ts';
import { joinMade, type MadeText, madeText } from '../../source/made-text.ts';
import type { Value } from '../../source/value.ts';
import { evaluateNode, type Lookup } from './evaluate-template.ts';
import { parseTemplate, type TemplateNode, type VariableNode } from './substitution-template.ts';
import type { Variables } from './variables.ts';

/** The values that a run of Flux has for variables. */
export function lookupIn({ byName }: Variables): Lookup {
  return (name) => {
    const variable = byName.get(name);
    return variable === undefined ? undefined : (variable.value ?? { unknown: true });
  };
}

/** The variables of a template, those in arguments as well. */
export function variablesOf(nodes: readonly TemplateNode[]): VariableNode[] {
  return nodes.flatMap((node) => ('text' in node ? [] : [node, ...variablesOf(node.args)]));
}

/** A value that became another one because of the variables in it: made of what is written and of the lines that set these. */
export function originOfFilled(
  { value: written, origin }: Tracked,
  value: Value,
  variables: Variables,
): Origin {
  const template = typeof written === 'string' ? parseTemplate(written) : [];
  if (typeof written !== 'string' || 'error' in template) return origin;
  const filled = fillText({ value: written, origin }, template, variables);
  return originOfMade(
    origin,
    template.flatMap((node) => ('text' in node ? [] : valuesOf(node, variables))),
    filled.text === value ? filled : undefined,
  );
}

function fillText(
  { value: text, origin }: Tracked<string>,
  template: readonly TemplateNode[],
  variables: Variables,
): MadeText<TextSource> {
  const own: TextSource = { template: origin, text, values: [] };
  return joinMade(
    template.map((node) => {
      if ('text' in node) return madeText(node.text, own, node.offset);
      const values = valuesOf(node, variables);
      const part = { start: node.offset, end: node.offset + node.source.length };
      const filled = evaluateNode(node, lookupIn(variables));
      return madeText(filled, { ...own, part, values });
    }),
  );
}

function valuesOf(node: VariableNode, { byName }: Variables): Origin[] {
  return variablesOf([node]).flatMap(({ name }) => {
    const variable = byName.get(name);
    return variable === undefined ? [] : [namedOrigin('postBuild', variable.origin)];
  });
}
