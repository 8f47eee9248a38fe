import { gunzip } from '../source/gunzip.ts';
import { readTar } from '../source/tar.ts';
import { ChartError, type ChartFile } from './chart.ts';

const maximumBytes = 100 * 1024 * 1024;

/** The files of a packed chart, which all stand below one directory; `path` is that of the archive. */
export function readChartArchive(bytes: Uint8Array, path: string): ChartFile[] {
  const archive = gunzip(bytes, maximumBytes);
  const entries = archive && readTar(archive);
  if (entries === undefined)
    throw new ChartError('the archive is not a packed chart, or larger than any that is read', path);
  return entries.flatMap(({ name: full, bytes: content }) => {
    const slash = full.replace(/^\.\//u, '').indexOf('/');
    const name = full.replace(/^\.\//u, '').slice(slash + 1);
    const isInside = slash > 0 && name !== '' && !name.split('/').includes('..') && !name.startsWith('/');
    return isInside ? [{ name, path: `${path}/${name}`, bytes: content }] : [];
  });
}
