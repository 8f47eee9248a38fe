import { CompletionItemKind } from 'vscode-languageserver';
import { nodeAt, type SchemaNode } from '../../schema/schema-node.ts';
import { ownOf } from '../../source/own.ts';
import { chartFileNode } from '../completion/chart-file-node.ts';
import { chartValuesNode } from '../completion/chart-values.ts';
import { documentationOf } from '../completion/documentation.ts';
import type { LineParts } from '../completion/line-parts.ts';
import type { PartProposals } from '../completion/propose-variables.ts';
import type { FilePlace } from '../feature.ts';
import { chartOfTemplate } from './chart-value.ts';
import { pathOfChain, templateScopeAt } from './template-uses.ts';

/** What every template is given (Helm 4, pkg/engine and pkg/chart/common). */
const given: Readonly<Record<string, readonly string[]>> = {
  Release: ['Name', 'Namespace', 'Service', 'IsInstall', 'IsUpgrade', 'Revision'],
  Capabilities: ['APIVersions', 'KubeVersion', 'HelmVersion'],
  Template: ['Name', 'BasePath'],
  Files: ['Get', 'GetBytes', 'Glob', 'Lines', 'AsConfig', 'AsSecrets'],
};

/** In an action of a chart's template the fields below what is written; undefined anywhere else. */
export function proposeTemplateValues(
  text: string,
  offset: number,
  { before, after }: LineParts,
  { files, path }: Pick<FilePlace, 'files' | 'path'>,
): PartProposals | undefined {
  const chart = chartOfTemplate(files, path);
  const open = text.lastIndexOf('{{', offset - 1);
  if (chart === undefined || open < text.lastIndexOf('}}', offset - 1)) return undefined;
  const [chain] = /(?:\$\w*)?(?:\.\w*)+$/u.exec(before.slice(-longest)) ?? [];
  if (chain === undefined) return undefined;
  const end = chain.lastIndexOf('.');
  const read = pathOfChain(chain.slice(0, end), templateScopeAt(text, open));
  if (read === undefined) return undefined;
  const typed = chain.length - end - 1;
  const [rest = ''] = /^\w*/u.exec(after) ?? [];
  const proposals = [...fieldsAt(read, () => chartValuesNode(files, chart))].map(([label, node]) => ({
    label,
    kind: CompletionItemKind.Field,
    ...(node === undefined ? {} : { detail: node.type, words: documentationOf(node) }),
  }));
  return { proposals, from: before.length - typed, to: before.length + rest.length };
}

const longest = 500;

function fieldsAt(
  [first, ...below]: readonly (string | number)[],
  valuesNode: () => SchemaNode | undefined,
): ReadonlyMap<string, SchemaNode | undefined> {
  if (first === undefined) return namesOnly(['Values', 'Chart', ...Object.keys(given)]);
  if (first === 'Values') {
    const values = valuesNode();
    return (values && nodeAt(values, below)?.fields()) ?? new Map();
  }
  if (below.length > 0) return new Map();
  if (first === 'Chart')
    return new Map(
      [...chartFileNode.fields()].map(([name, node]) => [
        name === 'apiVersion' ? 'APIVersion' : name.charAt(0).toUpperCase() + name.slice(1),
        node,
      ]),
    );
  return namesOnly(ownOf(given, String(first)) ?? []);
}

function namesOnly(names: readonly string[]): ReadonlyMap<string, undefined> {
  return new Map(names.map((name) => [name, undefined]));
}
