import { knownOnce } from '../object/known-once.ts';
import { originOfDocument } from '../object/provenance.ts';
import { decodeText } from '../source/decode-text.ts';
import { looseText } from '../source/loose-text.ts';
import { parseDocuments } from '../source/parse.ts';
import type { Value } from '../source/value.ts';
import { newMap } from '../template/value/datum.ts';
import { knownFrom } from '../template/value/from-value.ts';
import type { GoMap, Known } from '../template/value/model.ts';
import { ChartError, type ChartFile } from './chart.ts';

/** The text of a file. */
export const textOfFile = knownOnce(({ bytes }: ChartFile): string => looseText(bytes));

/** The values that a file holds, each with its line; an empty file holds none. */
export function readValues(file: ChartFile, by: string): Known {
  const { documents, diagnostics } = parseDocuments({ path: file.path, text: yamlOf(file) }, 'api-server');
  const [document] = documents;
  const [problem] = diagnostics.filter(({ severity }) => severity === 'error');
  if (document === undefined && problem !== undefined)
    throw new ChartError(`cannot load ${file.name}: ${problem.message}`, file.path, problem.span.start);
  if (document === undefined) return { value: newMap(), origins: [] };
  const known = knownFrom({ value: document.value, origin: originOfDocument(by, document.positions) });
  return known.value === null ? { ...known, value: newMap() } : known;
}

/** Helm's reader of YAML goes by a byte order mark, that of templates does not. */
function yamlOf(file: ChartFile): string {
  const { file: decoded, diagnostic } = decodeText(file.path, file.bytes);
  return decoded.isUtf16 === true && diagnostic === undefined ? decoded.text : textOfFile(file);
}

/** UTF-16 with the low byte first: Helm 4 cuts the last byte off of values in it, and reads them no more. */
export function isCutByHelm4({ bytes: [first, second] }: ChartFile): boolean {
  return first === 0xff && second === 0xfe;
}

/** The same for a file that has to hold a mapping. */
export function readMapping(file: ChartFile, by: string): GoMap {
  const { value } = readValues(file, by);
  if (typeof value === 'object' && value !== null && value.kind === 'map') return value;
  throw new ChartError(`cannot load ${file.name}: a mapping belongs there`, file.path);
}

/** What a file of JSON says; undefined where it is none. */
export function parseJsonFile(file: ChartFile): Value | undefined {
  return parseDocuments({ path: file.path, text: textOfFile(file) }, 'json').documents[0]?.value;
}
