import { readChartArchive } from '../chart/read-archive.ts';
import { parseDocuments } from '../source/parse.ts';
import { isMapping, type Value } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';

/** What a chart calls itself. */
export interface ChartIdentity {
  readonly name: string;
  readonly version: string;
}

/** What a packed chart calls itself, whatever its file is called; undefined for what is none. */
export function identityOfArchive(bytes: Uint8Array, path: string): ChartIdentity | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return undefined;
  try {
    const chart = readChartArchive(bytes, path).find(({ name }) => name === 'Chart.yaml');
    return chart === undefined ? undefined : identityOfText(new TextDecoder().decode(chart.bytes));
  } catch {
    return undefined;
  }
}

/** What the text of a Chart.yaml says. */
export function identityOfText(text: string): ChartIdentity | undefined {
  return identityIn(parseDocuments({ path: 'Chart.yaml', text }, 'api-server').documents[0]?.value);
}

/** What the content of a Chart.yaml says. */
export function identityIn(value: Value | undefined): ChartIdentity | undefined {
  if (!isMapping(value) || value['name'] === undefined || value['version'] === undefined) return undefined;
  return { name: valueText(value['name']), version: valueText(value['version']) };
}
