import { type Chart, ChartError } from './chart.ts';
import { loadChart } from './load-chart.ts';
import { readChartArchive } from './read-archive.ts';
import { type ChartSources, readChartDirectory } from './read-directory.ts';

/** The chart in a directory or an archive; throws `ChartError`. */
export function readChart(sources: ChartSources, path: string): Chart {
  if (sources.fileSystem.kind(path) !== 'file') return loadChart(readChartDirectory(sources, path), path);
  const bytes = sources.bytes(path);
  if (typeof bytes === 'string') throw new ChartError(`the archive cannot be read: ${bytes}`, path);
  return loadChart(readChartArchive(bytes, path), path);
}

/** Whether a path is a chart: a directory with Chart.yaml, or a packed one. */
export function isChartAt({ fileSystem }: ChartSources, path: string): boolean {
  const kind = fileSystem.kind(path);
  if (kind === 'file' || path.endsWith('.tgz')) return kind === 'file';
  return fileSystem.kind(path === '' ? 'Chart.yaml' : `${path}/Chart.yaml`) === 'file';
}
