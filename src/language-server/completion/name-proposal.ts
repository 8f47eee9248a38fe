import { CompletionItemKind } from 'vscode-languageserver';
import type { KnownObject } from '../judging/known-object.ts';
import type { Proposal } from './proposal.ts';

/** The name of an object; of another namespace than the one that is written in, behind the others. */
export function nameProposal({ name, namespace, kind, file }: KnownObject, here?: string): Proposal {
  const isElsewhere = here !== undefined && namespace !== '' && namespace !== here;
  return {
    label: name,
    kind: CompletionItemKind.Reference,
    detail: namespace === '' ? kind : `${kind} in ${namespace}`,
    ...(file === undefined ? {} : { words: `\`${file}\`` }),
    ...(isElsewhere ? { rank: 2 } : {}),
  };
}
