import type { Sources } from '../source/load.ts';
import { ChartError, type ChartFile, ChartNotFetched } from './chart.ts';
import { helmIgnore, type IsLeftOut } from './helm-ignore.ts';

const maximumFiles = 20_000;
const maximumDepth = 40;
const maximumBytes = 100 * 1024 * 1024;

/** Where charts are read. */
export type ChartSources = Pick<Sources, 'fileSystem' | 'bytes'>;

interface Reading {
  readonly sources: ChartSources;
  readonly root: string;
  readonly isLeftOut: IsLeftOut;
  readonly files: ChartFile[];
  bytes: number;
}

/** The files of a chart directory, without what .helmignore leaves out. */
export function readChartDirectory(sources: ChartSources, root: string): ChartFile[] {
  const ignored = sources.bytes(join(root, '.helmignore'));
  const text = typeof ignored === 'string' ? '' : new TextDecoder().decode(ignored);
  const reading: Reading = { sources, root, isLeftOut: helmIgnore(text), files: [], bytes: 0 };
  readInto(reading, '', 0);
  return reading.files;
}

function readInto(reading: Reading, directory: string, depth: number): void {
  const { sources, root, isLeftOut, files } = reading;
  const { fileSystem } = sources;
  if (depth > maximumDepth) throw new ChartError('the chart is nested too deeply', join(root, directory));
  for (const { name: own } of fileSystem.list(join(root, directory)) ?? []) {
    const name = join(directory, own);
    const path = join(root, name);
    const isDirectory = fileSystem.kind(path) === 'directory';
    if (isLeftOut(name, isDirectory)) continue;
    if (isDirectory) readInto(reading, name, depth + 1);
    else {
      const bytes = sources.bytes(path);
      if (bytes === 'not-fetched')
        throw new ChartNotFetched(`the content of ${path} is not in this clone`, path);
      if (typeof bytes === 'string')
        throw new ChartError(`a file of the chart cannot be read: ${bytes}`, path);
      reading.bytes += bytes.length;
      files.push({ name, path, bytes: withoutMark(bytes) });
    }
    if (files.length > maximumFiles || reading.bytes > maximumBytes)
      throw new ChartError('the chart exceeds the size limit', root);
  }
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function join(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}
