import { isMap, newMap } from '../template/value/datum.ts';
import { type Chart, ChartError, type ChartFile } from './chart.ts';
import { readMetadata } from './metadata.ts';
import { readChartArchive } from './read-archive.ts';
import { readMapping, readValues } from './read-yaml.ts';
import { metadataProblem } from './validate-metadata.ts';

const maximumDepth = 20;

/** A chart of its files, with the charts inside of it (pkg/chart/loader of Helm 3.22); throws `ChartError`. */
export function loadChart(files: readonly ChartFile[], root: string, depth = 0): Chart {
  if (depth > maximumDepth) throw new ChartError('charts are nested in a cycle', root);
  const named = (name: string): ChartFile | undefined => files.find((file) => file.name === name);
  const own = named('Chart.yaml');
  if (own === undefined) throw new ChartError('Chart.yaml file is missing', root);
  const requirements = named('requirements.yaml');
  const written = readMapping(own, 'chart');
  const metadata = readMetadata(written, requirements && readMapping(requirements, 'chart'));
  const problem = metadataProblem(metadata);
  if (problem !== undefined) throw new ChartError(problem, own.path);
  const schema = named('values.schema.json');
  return {
    metadata,
    values: valuesOf(named('values.yaml')),
    templates: files.filter(({ name }) => name.startsWith('templates/')),
    files: files.filter(isPlain(metadata.apiVersion)),
    own: files.filter(({ name }) => special.has(name)),
    ...(schema === undefined ? {} : { schema }),
    dependencies: loadSubcharts(files, root, depth),
  };
}

function valuesOf(file: ChartFile | undefined): Chart['values'] {
  if (file === undefined) return newMap();
  const { value } = readValues(file, 'chart values');
  if (isMap(value)) return value;
  throw new ChartError('cannot load values.yaml: a mapping belongs there', file.path);
}

const special: ReadonlySet<string> = new Set([
  'Chart.yaml',
  'Chart.lock',
  'values.yaml',
  'values.schema.json',
]);

/** What `.Files` shows: all that has no meaning of its own. */
function isPlain(apiVersion: string): (file: ChartFile) => boolean {
  return ({ name }) => {
    if (special.has(name) || name.startsWith('templates/')) return false;
    if (name === 'requirements.yaml' || name === 'requirements.lock') return apiVersion === 'v1';
    return !name.startsWith('charts/') || name.endsWith('.prov');
  };
}

function loadSubcharts(files: readonly ChartFile[], root: string, depth: number): Chart[] {
  const groups = new Map<string, ChartFile[]>();
  for (const file of files) {
    if (!file.name.startsWith('charts/') || file.name.endsWith('.prov')) continue;
    const name = file.name.slice('charts/'.length);
    const [first = ''] = name.split('/');
    if (/^[_.]/u.test(first)) continue;
    groups.set(first, [...(groups.get(first) ?? []), { ...file, name }]);
  }
  return [...groups].flatMap(([name, own]) => {
    const [only] = own;
    if (name.endsWith('.tgz') && only !== undefined)
      return [loadChart(readChartArchive(only.bytes, only.path), only.path, depth + 1)];
    const inside = own.filter((file) => file.name.includes('/'));
    if (inside.length === 0)
      throw new ChartError(
        `error unpacking subchart ${name}: Chart.yaml file is missing`,
        `${root}/charts/${name}`,
      );
    const plain = inside.map((file) => ({ ...file, name: file.name.slice(name.length + 1) }));
    return [loadChart(plain, `${root}/charts/${name}`, depth + 1)];
  });
}
