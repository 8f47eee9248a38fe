import { builtInVersions } from '../chart/api-versions.ts';
import { ChartError } from '../chart/chart.ts';
import { printRelease } from '../chart/print-release.ts';
import { readChart } from '../chart/read-chart.ts';
import { readMapping } from '../chart/read-yaml.ts';
import { renderChart } from '../chart/render-chart.ts';
import { mergeValues, setValues } from '../chart/set-values.ts';
import { defaultKubernetesVersion } from '../configuration/kubernetes-versions.ts';
import { lineColumn } from '../report/finding/line-column.ts';
import type { FileSystem } from '../source/file-system.ts';
import { openSources } from '../source/load.ts';
import { newMap } from '../template/value/datum.ts';
import type { GoMap } from '../template/value/model.ts';
import { complain, type ExitCode, type Io, sayYaml } from './io.ts';
import type { Invocation } from './options.ts';

/** Prints what `helm template` prints of a chart; of one that helm would refuse nothing at all. */
export function renderChartAt(
  path: string,
  fileSystem: FileSystem,
  { invocation, io }: { readonly invocation: Invocation; readonly io: Io },
): ExitCode {
  const version = invocation.option('kubernetes-version') ?? defaultKubernetesVersion;
  try {
    const rendered = renderChart(readChart(openSources(fileSystem), path), {
      name: invocation.option('release') ?? 'release-name',
      namespace: invocation.option('namespace') ?? 'default',
      values: valuesOf(invocation, io),
      kubernetesVersion: /^v?\d+\.\d+$/u.test(version) ? `${version}.0` : version,
      apiVersions: [
        ...builtInVersions,
        ...invocation.options('api-versions').flatMap((one) => one.split(',')),
      ],
      isUpgrade: false,
      helm: invocation.option('helm') === '3' ? 3 : 4,
    });
    return sayYaml(io, printRelease(rendered, invocation.has('include-crds')));
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    return complain(io, `${placeOf(error, fileSystem)}${error.message}`, 'correct the chart or its values');
  }
}

/** Files of values in their order, and what `--set` says above them. */
function valuesOf(invocation: Invocation, io: Io): GoMap {
  let values = newMap();
  for (const operand of invocation.options('values')) {
    const { fileSystem, inside } = io.files.repository(operand, invocation.option('root'));
    const path = inside(operand);
    const bytes = fileSystem.read(path);
    if (typeof bytes === 'string') throw new ChartError(`the values cannot be read: ${bytes}`, operand);
    values = mergeValues(values, readMapping({ name: operand, path, bytes }, 'values'));
  }
  for (const line of invocation.options('set')) setValues(values, line);
  for (const line of invocation.options('set-string')) setValues(values, line, { isText: true });
  return values;
}

function placeOf({ file, start }: ChartError, fileSystem: FileSystem): string {
  if (file === undefined) return '';
  const bytes = start === undefined ? 'missing' : fileSystem.read(file);
  if (typeof bytes === 'string' || start === undefined) return `${file}: `;
  const { line, column } = lineColumn({ path: file, text: new TextDecoder().decode(bytes) }, start);
  return `${file}:${line}:${column}: `;
}
