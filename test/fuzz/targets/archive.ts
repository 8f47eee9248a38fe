import { gzipSync } from 'node:zlib';
import { ChartError } from '../../../src/chart/chart.ts';
import { loadChart } from '../../../src/chart/load-chart.ts';
import { readChartArchive } from '../../../src/chart/read-archive.ts';
import { readTar } from '../../../src/source/tar.ts';

/** Packed charts: bytes as a tar archive, and as what is packed already. */
export function fuzz(data: Uint8Array): void {
  readTar(data);
  for (const archive of [data, gzipSync(data, { level: 0 })])
    try {
      loadChart(readChartArchive(archive, 'c.tgz'), 'c.tgz');
    } catch (error) {
      if (!(error instanceof ChartError)) throw error;
    }
}
