import { knownBeside } from '../object/known-once.ts';
import { type Chart, ChartError, type ChartFile, ChartNotFetched } from './chart.ts';
import { loadChart } from './load-chart.ts';
import { readChartArchive } from './read-archive.ts';
import { type ChartSources, readChartDirectory } from './read-directory.ts';

/** The chart in a directory or an archive; throws `ChartError`. One whose bytes are the same is read once for everybody. */
export function readChart(sources: ChartSources, path: string): Chart {
  if (sources.fileSystem.kind(path) !== 'file')
    return chartOfDirectory(readChartDirectory(sources, path), path);
  const bytes = sources.bytes(path);
  if (bytes === 'not-fetched') throw new ChartNotFetched(`the content of ${path} is not in this clone`, path);
  if (typeof bytes === 'string') throw new ChartError(`the archive cannot be read: ${bytes}`, path);
  return known(bytes, [path], () => loadChart(readChartArchive(bytes, path), path));
}

const known = knownBeside<Uint8Array, Chart>();

function chartOfDirectory(files: readonly ChartFile[], path: string): Chart {
  const own = files.find(({ name }) => name === 'Chart.yaml');
  const load = (): Chart => loadChart(files, path);
  if (own === undefined) return load();
  return known(own.bytes, [path, files.length, ...files.flatMap(({ name, bytes }) => [name, bytes])], load);
}

/** Whether a path is a chart: a directory with Chart.yaml, or a packed one. */
export function isChartAt({ fileSystem }: ChartSources, path: string): boolean {
  const kind = fileSystem.kind(path);
  if (kind === 'file' || path.endsWith('.tgz')) return kind === 'file';
  return fileSystem.kind(path === '' ? 'Chart.yaml' : `${path}/Chart.yaml`) === 'file';
}
