import type { Build } from '../object/build.ts';
import type { Report } from '../report/report.ts';
import type { FileSystem } from '../source/file-system.ts';

/** What a run says of a tree, and all that is rendered of it. */
export interface Judgement {
  readonly report: Report;
  /** By what each is, which is the same in the tree after a fix. */
  readonly builds: ReadonlyMap<string, Build>;
}

export type Judge = (fileSystem: FileSystem) => Judgement;
