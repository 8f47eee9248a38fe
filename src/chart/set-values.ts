import type { Origin } from '../object/provenance.ts';
import { isList, isMap, knownValue, newList, newMap, noOrigins, sized } from '../template/value/datum.ts';
import type { Datum, GoMap, Known } from '../template/value/model.ts';
import { ChartError } from './chart.ts';

/** Merges values over others, as several files of values are: maps become one, of all else the later one counts. */
export function mergeValues(base: GoMap, over: GoMap): GoMap {
  const merged = newMap(base.entries);
  for (const [key, known] of over.entries) {
    const own = merged.entries.get(key)?.value;
    const both =
      isMap(own) && isMap(known.value) ? { ...known, value: mergeValues(own, known.value) } : known;
    merged.entries.set(key, both);
  }
  return merged;
}

const maximumIndex = 65_536;

/**
 * Sets what `--set` says, such as `a.b[0]=1,c={x,y}` (pkg/strvals of Helm 3.22), for values that come from `origins`; every value a
 * text where `isText` says so.
 */
export function setValues(
  values: GoMap,
  line: string,
  { isText = false, origins = noOrigins }: Partial<Pick<Reading, 'isText' | 'origins'>> = {},
): void {
  const reading: Reading = { line, at: 0, isText, origins };
  while (reading.at < line.length) readAssignment(reading, values);
}

interface Reading {
  readonly line: string;
  at: number;
  readonly isText: boolean;
  readonly origins: readonly Origin[];
}

/** Letters up to one of these marks, which is taken; a backslash takes any letter as it is. */
function readUntil(reading: Reading, marks: string): { readonly text: string; readonly mark: string } {
  let text = '';
  for (; reading.at < reading.line.length; reading.at += 1) {
    const letter = reading.line[reading.at] ?? '';
    if (letter === '\\') {
      reading.at += 1;
      text += reading.line[reading.at] ?? '';
    } else if (marks.includes(letter)) {
      reading.at += 1;
      return { text, mark: letter };
    } else text += letter;
  }
  return { text, mark: '' };
}

function readAssignment(reading: Reading, values: GoMap): void {
  const { text: key, mark } = readUntil(reading, '.[=,');
  if (mark === '' || mark === ',') {
    if (key === '' && mark === '') return;
    throw new ChartError(`key ${JSON.stringify(key)} has no value`);
  }
  if (mark === '=') values.entries.set(key, readValue(reading));
  else if (mark === '.') {
    const own = values.entries.get(key)?.value;
    const inner = isMap(own) ? own : newMap();
    values.entries.set(key, knownValue(inner));
    readAssignment(reading, inner);
  } else values.entries.set(key, knownValue(readItem(reading, values.entries.get(key)?.value)));
}

function readItem(reading: Reading, list: Datum): Datum {
  const index = Number(readUntil(reading, ']').text);
  if (!Number.isInteger(index) || index < 0 || index > maximumIndex)
    throw new ChartError(`error parsing index in --set: ${reading.line}`);
  const items = [...(isList(list) ? list.items : [])];
  while (items.length <= index) items.push(knownValue(null));
  const { mark } = readUntil(reading, '.[=');
  const own = items[index]?.value;
  if (mark === '=') items[index] = readValue(reading);
  else if (mark === '[') items[index] = knownValue(readItem(reading, own));
  else {
    const inner = isMap(own) ? own : newMap();
    readAssignment(reading, inner);
    items[index] = knownValue(inner);
  }
  return newList(items);
}

function readValue(reading: Reading): Known {
  if (reading.line[reading.at] !== '{')
    return setTo(reading, typed(readUntil(reading, ',').text, reading.isText));
  reading.at += 1;
  const items: Known[] = [];
  for (;;) {
    const { text, mark } = readUntil(reading, ',}');
    if (text !== '' || mark === ',') items.push(setTo(reading, typed(text, reading.isText)));
    if (mark === '}') break;
    if (mark === '') throw new ChartError(`list must terminate with '}'`);
  }
  if (reading.line[reading.at] === ',') reading.at += 1;
  return setTo(reading, newList(items));
}

function setTo({ origins }: Reading, value: Datum): Known {
  return { value, origins };
}

function typed(text: string, isText: boolean): Datum {
  if (isText) return text;
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  if (/^(?:0|-?[1-9]\d*)$/u.test(text) && text.length < 19) return sized(BigInt(text));
  return text;
}
