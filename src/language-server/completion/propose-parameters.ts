import { CompletionItemKind } from 'vscode-languageserver';
import { nodeAt } from '../../schema/schema-node.ts';
import { chartSettingAt, chartValuesNode } from './chart-values.ts';
import { documentationOf } from './documentation.ts';
import type { Proposal } from './proposal.ts';
import type { Writing } from './writing.ts';

/** Names of Helm parameters of an Application: values of the chart, one name after the other, with dots between them. */
export function proposeParameters({ cursor, files }: Writing): Proposal[] {
  const { path, outline, typed, role } = cursor;
  if (files === undefined || role === 'key' || path.at(-3) !== 'parameters' || path.at(-1) !== 'name')
    return [];
  const set = chartSettingAt(path, outline.root, files);
  const values = set && chartValuesNode(files, set.chart);
  const before = typed.slice(0, typed.lastIndexOf('.') + 1);
  const here = values && nodeAt(values, before.split('.').slice(0, -1));
  return [...(here?.fields() ?? [])].map(([name, field]) => ({
    label: before + name,
    kind: CompletionItemKind.Field,
    detail: field.type,
    words: documentationOf(field),
  }));
}
