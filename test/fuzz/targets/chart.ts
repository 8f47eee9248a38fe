import { builtInVersions } from '../../../src/chart/api-versions.ts';
import { ChartError } from '../../../src/chart/chart.ts';
import { printRelease } from '../../../src/chart/print-release.ts';
import { readChart } from '../../../src/chart/read-chart.ts';
import { renderChart } from '../../../src/chart/render-chart.ts';
import { openSources } from '../../../src/source/load.ts';
import { memoryFileSystem } from '../../../src/source/memory.ts';
import { newMap } from '../../../src/template/value/datum.ts';
import { textsOf } from './numbers.ts';

const names = [
  'values.yaml',
  'templates/a.yaml',
  'templates/_b.tpl',
  'values.schema.json',
  'charts/sub/values.yaml',
];

/** A chart with a subchart, of which the first byte says whose Chart.yaml is the input's own. */
export function fuzz(data: Uint8Array): void {
  const [first = '', ...texts] = textsOf(data);
  const own = `apiVersion: v2\nname: c\nversion: 1.0.0\n${first}`;
  const files: Record<string, string> = {
    'c/Chart.yaml': own,
    'c/charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
    'c/charts/sub/templates/d.yaml': 'e: {{ .Values | toJson }}\n',
  };
  names.forEach((name, index) => {
    const text = texts[index];
    if (text !== undefined && text !== '') files[`c/${name}`] = text;
  });
  try {
    const chart = readChart(openSources(memoryFileSystem(files)), 'c');
    for (const helm of [3, 4] as const)
      printRelease(
        renderChart(chart, {
          name: 'release-name',
          namespace: 'default',
          values: newMap(),
          kubernetesVersion: '1.36.0',
          apiVersions: builtInVersions,
          isUpgrade: false,
          helm,
        }),
        true,
      );
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
  }
}
