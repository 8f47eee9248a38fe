import { type Kinds, kindsIn } from '../completion/kinds.ts';
import type { JudgedFolder } from './judged-folder.ts';
import { noKnowledge } from './knowledge.ts';

/** The built-in kinds of the version that a folder is checked for, and those of known products. */
export function kindsOf({ fileSystem, judgement }: JudgedFolder): Kinds {
  return kindsIn(fileSystem, { ...noKnowledge, kubernetesVersion: judgement.world.kubernetesVersion });
}
