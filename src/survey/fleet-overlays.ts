import type { Sources } from '../source/load.ts';
import { directoryOf, normalisePath } from '../source/path.ts';
import { isMapping, itemsAt, type Value, valueAt } from '../source/value.ts';

/**
 * Directories of kustomizations that Fleet applies to what Helm makes of a chart (`fleet.yaml` with `helm` and `kustomize.dir`, Fleet
 * 0.13): without the chart there is nothing that their patches could be for.
 */
export function fleetOverlays(sources: Sources, files: Iterable<string>): string[] {
  return [...files]
    .filter((file) => /(?:^|\/)fleet\.ya?ml$/u.test(file))
    .flatMap((file) => {
      const value = sources.load(file, 'api-server').documents[0]?.value;
      const folder = directoryOf(file);
      const prefix = folder === '' ? '' : `${folder}/`;
      const hasChart = isMapping(valueAt(value, ['helm'])) || hasChartFile(sources, folder);
      return hasChart ? overlaysIn(value).flatMap((one) => normalisePath(`${prefix}${one}`) ?? []) : [];
    })
    .filter((directory) => sources.fileSystem.kind(directory) === 'directory');
}

function hasChartFile({ fileSystem }: Sources, folder: string): boolean {
  return fileSystem.kind(folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`) === 'file';
}

function overlaysIn(value: Value | undefined): string[] {
  return [value, ...itemsAt(value, ['targetCustomizations'])].flatMap((one) => {
    const directory = valueAt(one, ['kustomize', 'dir']);
    return typeof directory === 'string' && directory !== '' ? [directory] : [];
  });
}
