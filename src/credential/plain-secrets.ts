import { isMapping, isSequence, type Mapping, type Path, type Value, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { credentialsInWords } from './credentials-in-command.ts';
import { credentialsInField } from './credentials-in-field.ts';
import { credentialsInText } from './credentials-in-text.ts';
import { type Stretch, withoutOverlaps } from './stretch.ts';

/** A secret in the clear in one of Kubernetes' own places; `validation` is that of the policy `secret-in-plain-text`. */
export interface PlainSecret {
  readonly validation: number;
  readonly path: Path;
  readonly within: Stretch;
}

const [inEnvironment, inArguments, inConfigMap, inHandlers, inHeaders] = [0, 1, 2, 3, 4];

const templatePaths: ReadonlyMap<Value | undefined, Path> = new Map<Value | undefined, Path>([
  ['Pod', []],
  ['PodTemplate', ['template']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
]);

const handlers: readonly Path[] = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];

const lists = ['containers', 'initContainers', 'ephemeralContainers'];

/** Where `plainSecrets` looks; any number stands for all items. */
export const placesOfPlainSecrets: readonly Path[] = [
  ['kind'],
  ['data'],
  ['binaryData'],
  ...[...templatePaths.values(), ['spec', 'template']].flatMap((path) =>
    lists.flatMap((list) =>
      [['env'], ['command'], ['args'], ...handlers].map((field) => [...path, 'spec', list, 0, ...field]),
    ),
  ),
];

/** Secrets in environments, commands, probes and hooks of a workload's containers, and in the data of a ConfigMap. */
export function plainSecrets(object: Mapping): PlainSecret[] {
  if (object['kind'] === 'ConfigMap') return [...inData(object), ...inBinaryData(object)];
  const path = templatePaths.get(object['kind']) ?? ['spec', 'template'];
  return lists.flatMap((list) => {
    const at = [...path, 'spec', list];
    return itemsOf(object, at).flatMap((_, index) => inContainer(object, [...at, index]));
  });
}

function inContainer(object: Mapping, path: Path): PlainSecret[] {
  return [
    ...itemsOf(object, [...path, 'env']).flatMap((_, index) => inVariable(object, [...path, 'env', index])),
    ...inCommand(
      object,
      [
        [...path, 'command'],
        [...path, 'args'],
      ],
      inArguments,
    ),
    ...handlers.flatMap((handler) => [
      ...inCommand(object, [[...path, ...handler, 'exec', 'command']], inHandlers),
      ...inPath(object, [...path, ...handler, 'httpGet', 'path']),
      ...itemsOf(object, [...path, ...handler, 'httpGet', 'httpHeaders']).flatMap((_, index) =>
        inHeader(object, [...path, ...handler, 'httpGet', 'httpHeaders', index]),
      ),
    ]),
  ];
}

function inVariable(object: Mapping, path: Path): PlainSecret[] {
  const name = valueAt(object, [...path, 'name']);
  const value = valueAt(object, [...path, 'value']);
  if (typeof value !== 'string') return [];
  return credentialsInField(typeof name === 'string' ? name : undefined, value).map((within) => ({
    validation: inEnvironment,
    path: [...path, 'value'],
    within,
  }));
}

/** `/ready?token=…`. */
function inPath(object: Mapping, path: Path): PlainSecret[] {
  const text = valueAt(object, path);
  if (typeof text !== 'string') return [];
  return credentialsInText(text).map((within) => ({ validation: inHeaders, path, within }));
}

/** A header is `name: value` on the wire. */
function inHeader(object: Mapping, path: Path): PlainSecret[] {
  const name = valueAt(object, [...path, 'name']);
  const value = valueAt(object, [...path, 'value']);
  if (typeof name !== 'string' || typeof value !== 'string') return [];
  return credentialsInField(name, value).map((within) => ({
    validation: inHeaders,
    path: [...path, 'value'],
    within,
  }));
}

/** The words of one command, which `command` and `args` are together. */
function inCommand(object: Mapping, lists: readonly Path[], validation: number): PlainSecret[] {
  const words = lists.flatMap((list) =>
    itemsOf(object, list).map((value, index) => ({ path: [...list, index], text: valueText(value ?? '') })),
  );
  const found = credentialsInWords(words.map(({ text }) => text));
  return words.flatMap(({ path, text }, index) =>
    withoutOverlaps([...found.filter(({ word }) => word === index), ...credentialsInText(text)]).map(
      (within) => ({
        validation,
        path,
        within: { start: within.start, end: within.end },
      }),
    ),
  );
}

function inData(object: Mapping): PlainSecret[] {
  const data = object['data'];
  if (!isMapping(data)) return [];
  return Object.keys(data).flatMap((key) => {
    const value = data[key];
    if (typeof value !== 'string') return [];
    return credentialsInField(key, value).map((within) => ({
      validation: inConfigMap,
      path: ['data', key],
      within,
    }));
  });
}

// Longer files are programs and pictures.
const longestBinary = 1_000_000;

/** Where in base64 a text is a secret, nobody sees: all of it is shown. */
function inBinaryData(object: Mapping): PlainSecret[] {
  const data = object['binaryData'];
  if (!isMapping(data)) return [];
  return Object.keys(data).flatMap((key) => {
    const value = data[key];
    if (typeof value !== 'string' || value.length > longestBinary) return [];
    const text = decoded(value);
    if (text === undefined || credentialsInField(key, text).length === 0) return [];
    return { validation: inConfigMap, path: ['binaryData', key], within: { start: 0, end: value.length } };
  });
}

function decoded(encoded: string): string | undefined {
  const text = encoded.replaceAll(/\s/gu, '');
  return /^[A-Za-z0-9+/]*={0,2}$/u.test(text) && text.length % 4 !== 1 ? atob(text) : undefined;
}

function itemsOf(object: Mapping, path: Path): readonly Value[] {
  const list = valueAt(object, path);
  return isSequence(list) ? list : [];
}
