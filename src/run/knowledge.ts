import { isSelected } from '../accept/apply-settings.ts';
import type { BaselineEntry } from '../report/report.ts';
import { isBelow } from '../source/path.ts';
import type { Tree } from '../survey/tree.ts';
import type { Run } from './run.ts';

/** How much a run looked at, and so what may be concluded from what it did not meet. Rules, acceptance and the report ask here only. */
export interface Knowledge {
  /** Every build was made: what none of them provides nothing provides. */
  readonly everyBuild: boolean;
  /** Every file was looked at: what no build reads nothing reads. */
  readonly everyFile: boolean;
  /** What lies outside of the paths, and is not meant by the configuration, was not looked at: it may say otherwise. */
  readonly onlyFolders: boolean;
  /** All that the configuration speaks of was judged: an entry that met nothing is not needed. */
  readonly everySetting: boolean;
  /** Everything below the paths could be looked through: what was not found is not there. */
  readonly everyPath: boolean;
  /** Whether an entry of the baseline would have been found, were it still true. */
  wouldFind(entry: BaselineEntry): boolean;
}

export function knowledgeOf(run: Run, tree: Tree): Knowledge {
  const { paths, environments, touched } = run.asked;
  const everyBuild = touched === undefined;
  const everyFile = everyBuild && environments.length === 0;
  const everySetting = everyFile && isWholeConfigurationJudged(run, tree);
  const isAllConfigured = run.configuration.file !== undefined && everySetting;
  return {
    everyBuild,
    everyFile,
    onlyFolders: everyBuild && !paths.includes('') && !isAllConfigured,
    everySetting,
    everyPath: everyBuild && tree.found.diagnostics.every(({ unchecked }) => unchecked === undefined),
    wouldFind: ({ rule, file }) =>
      everyFile && isSelected(rule, run.selection) && paths.some((path) => isBelow(file, path)),
  };
}

function isWholeConfigurationJudged({ configuration, asked }: Run, { units, found }: Tree): boolean {
  const { environments, file = '' } = configuration;
  if (units.length === 0 || !units.every(({ build }) => build.complete)) return false;
  if (environments.length > 0)
    return environments.every((one) => found.roots.some(({ environment }) => environment === one));
  return file === '' || asked.paths.some((path) => isBelow(file, path));
}
