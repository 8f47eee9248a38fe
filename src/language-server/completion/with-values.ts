import { leafNode, nodeAt } from '../../schema/schema-node.ts';
import { chartSettingAt, chartValuesNode } from './chart-values.ts';
import type { Subject } from './subject.ts';
import type { Writing } from './writing.ts';

/** An object with the values of a chart knows what these may be, where the repository has the chart. */
export function withValues({ cursor, files }: Writing, subject: Subject): Subject {
  const set = files && chartSettingAt(cursor.path, cursor.outline.root, files);
  const node = set === undefined || files === undefined ? undefined : chartValuesNode(files, set.chart);
  if (node === undefined || set?.path.at(-1) === 'parameters') return subject;
  return set === undefined ? subject : { ...subject, node: nodeWith(subject.node, set.path, node) };
}

/** A node with another one below it. */
function nodeWith(
  whole: Subject['node'],
  [step, ...path]: readonly (string | number)[],
  inner: Subject['node'],
): Subject['node'] {
  if (step === undefined) return inner;
  const below = nodeAt(whole, [step]) ?? leafNode('object');
  if (typeof step === 'number') return { ...whole, is: 'list', below: () => nodeWith(below, path, inner) };
  const fields = (): Map<string, Subject['node']> =>
    new Map([...whole.fields(), [step, nodeWith(below, path, inner)]]);
  return { ...whole, is: 'object', fields };
}
