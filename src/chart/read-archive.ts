import { gunzip } from '../source/gunzip.ts';
import { readTar } from '../source/tar.ts';
import { ChartError, type ChartFile } from './chart.ts';

const maximumBytes = 100 * 1024 * 1024;

/** The files of a packed chart, by their names below its one directory (Helm 4.3, loader/archive); `path` is that of the archive. */
export function readChartArchive(bytes: Uint8Array, path: string): ChartFile[] {
  const archive = gunzip(bytes, maximumBytes);
  const entries = archive && readTar(archive);
  if (entries === undefined)
    throw new ChartError('the archive is not a packaged chart, or exceeds the size limit', path);
  return entries.map(({ name: full, bytes: content }) => {
    const name = nameInside(full, path);
    return { name, path: `${path}/${name}`, bytes: content };
  });
}

/** The name without the first directory; throws in Helm's words for one that leads elsewhere. */
function nameInside(full: string, path: string): string {
  // An archive that was made on Windows.
  const [first = '', ...rest] = full.split(full.includes('\\') ? '\\' : '/');
  const name = rest.join('/');
  if (name.startsWith('/')) throw new ChartError('chart illegally contains absolute paths', path);
  const clean = cleanPath(name);
  if (clean === '.')
    throw new ChartError(`chart illegally contains content outside the base directory: ${full}`, path);
  if (clean.startsWith('..')) throw new ChartError('chart illegally references parent directory', path);
  if (/^[A-Za-z]:[\\/]/u.test(clean)) throw new ChartError('chart contains illegally named files', path);
  if (first === 'Chart.yaml') throw new ChartError('chart yaml not in base directory', path);
  return clean;
}

/** A relative path without what leads nowhere, as path.Clean of Go has it. */
function cleanPath(name: string): string {
  const parts: string[] = [];
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/') || '.';
}
