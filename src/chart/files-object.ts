import { baseOf } from '../template/functions/addresses.ts';
import { knownText } from '../template/functions/pieces.ts';
import { UnsupportedTemplate } from '../template/template-error.ts';
import { textIn } from '../template/value/argument.ts';
import { encodeBytes } from '../template/value/base64.ts';
import { knownValue, newMap, sortedKeys, textList } from '../template/value/datum.ts';
import { computes, hands } from '../template/value/go-function.ts';
import type { Bytes, GoMap, Known, Methods } from '../template/value/model.ts';
import { formatYaml } from '../template/value/yaml.ts';
import type { ChartFile } from './chart.ts';
import { originOfFile } from './file-origin.ts';
import { globMatcher } from './glob.ts';
import { textOfFile } from './read-yaml.ts';

const maximumLines = 100_000;

/** `.Files` of a chart: its other files, by name, with the functions that Helm has for them (pkg/engine/files.go of 3.22). */
export function filesObject(files: readonly ChartFile[]): GoMap {
  return withMethods(newMap(files.map((file): [string, Known] => [file.name, knownFile(file)])));
}

/** A file as it is asked for: most are never read. */
function knownFile(file: ChartFile): Known {
  return {
    get value(): Bytes {
      return { kind: 'bytes', text: textOfFile(file) };
    },
    get origins() {
      return [originOfFile(file, textOfFile(file))];
    },
  };
}

function withMethods({ entries }: GoMap): GoMap {
  const map: GoMap = { kind: 'map', entries, type: 'engine.files' };
  const get = (name: Known | undefined): Known => {
    const file = entries.get(textIn(name));
    return file === undefined ? knownValue('') : { ...file, value: textOf(file) };
  };
  const methods: Methods = {
    Get: hands(['text'], ([name]) => get(name)),
    GetBytes: hands(
      ['text'],
      ([name]) => entries.get(textIn(name)) ?? knownValue({ kind: 'bytes', text: '' }),
    ),
    Glob: hands(['text'], ([pattern]) => {
      const matches = globMatcher(textIn(pattern)) ?? (() => true);
      return knownValue(withMethods(newMap([...entries].filter(([name]) => matches(name)))));
    }),
    Lines: computes(['text'], (name) => {
      const text = textOf(entries.get(name));
      const lines = text === '' ? [] : text.replace(/\n$/u, '').split('\n');
      if (lines.length > maximumLines) throw new UnsupportedTemplate('a list of this length');
      return textList(lines);
    }),
    AsConfig: hands([], (_, { here }) =>
      knownText(formatYaml(knownValue(byBaseName(map, textOf)), { here })),
    ),
    AsSecrets: hands([], (_, { here }) =>
      knownText(formatYaml(knownValue(byBaseName(map, encoded)), { here })),
    ),
  };
  return { ...map, methods };
}

function textOf(file: Known | undefined): string {
  const value = file?.value;
  return typeof value === 'object' && value !== null && value.kind === 'bytes' ? value.text : '';
}

function encoded(file: Known): string {
  const { value } = file;
  const isBytes = typeof value === 'object' && value !== null && value.kind === 'bytes';
  return isBytes ? encodeBytes(value.text) : '';
}

function byBaseName(map: GoMap, read: (file: Known) => string): GoMap {
  const named = sortedKeys(map).flatMap((name): [string, Known][] => {
    const file = map.entries.get(name);
    return file === undefined ? [] : [[baseOf(name), { ...file, value: read(file) }]];
  });
  return { ...newMap(named), type: 'map[string]string' };
}
