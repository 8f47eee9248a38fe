import { evaluateTemplate } from '../../../src/reconcile/flux/evaluate-template.ts';
import { parseTemplate } from '../../../src/reconcile/flux/substitution-template.ts';
import { requireSame, textsOf } from './numbers.ts';

const variables = new Map([
  ['a', 'text'],
  ['b', ''],
  ['c', '${a}'],
]);

/** Variables of Flux in a text. */
export function fuzz(data: Uint8Array): void {
  const [text = ''] = textsOf(data);
  requireSame(() => {
    const nodes = parseTemplate(text);
    return 'error' in nodes ? nodes.error : evaluateTemplate(nodes, (name) => variables.get(name));
  });
}
