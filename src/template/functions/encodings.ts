import type { Document } from '../../source/document.ts';
import { parseDocuments } from '../../source/parse.ts';
import { equalValues, isMapping, isSequence, type Value } from '../../source/value.ts';
import { FunctionError, UnsupportedTemplate } from '../template-error.ts';
import { textIn } from '../value/argument.ts';
import { decodeBytes, encodeBytes } from '../value/base64.ts';
import { knownValue, newList, newMap, nilList, originsOf } from '../value/datum.ts';
import { knownFromMade, knownFromText } from '../value/from-value.ts';
import { computes, hands } from '../value/go-function.ts';
import { formatJson, type JsonStyle } from '../value/json.ts';
import { jsonProblem } from '../value/json-problem.ts';
import type { Datum, Functions, GoFunction, Known } from '../value/model.ts';
import { readToml } from '../value/read-toml.ts';
import { formatToml } from '../value/toml.ts';
import { formatYaml } from '../value/yaml.ts';
import { decodeBase32, encodeBase32 } from './base32.ts';
import { knownText } from './pieces.ts';

const plainJson = { escapesHtml: true };
const nothing = knownValue(null);

/** The functions of sprig 3.3 and of Helm that write values as texts and read them again. */
export const encodingFunctions: Functions = {
  toYaml: orNothing(yaml(false)),
  mustToYaml: yaml(false),
  toYamlPretty: yaml(true),
  fromYaml: reading('yaml', isMapping),
  fromYamlArray: reading('yaml', isSequence),
  toJson: orNothing(json(plainJson)),
  mustToJson: json(plainJson),
  toPrettyJson: orNothing(json({ ...plainJson, indent: '  ' })),
  mustToPrettyJson: json({ ...plainJson, indent: '  ' }),
  toRawJson: json({ escapesHtml: false }),
  mustToRawJson: json({ escapesHtml: false }),
  fromJson: reading('json', isMapping),
  mustFromJson: parses(([text = nothing]) => {
    const { value, problem, document } = read(text, 'json');
    if (problem !== undefined) throw new FunctionError(problem);
    return knownPart(text, value, document);
  }),
  fromJsonArray: reading('json', isSequence),
  fromToml: parses(([text = nothing]) => {
    const origins = originsOf(text);
    const read = readToml(textIn(text), origins);
    if ('value' in read) return { value: read.value, origins };
    return { value: newMap([['Error', { value: read.problem, origins }]]), origins };
  }),
  toToml: computes(['any'], saidToml),
  mustToToml: computes(['any'], formatToml),
  b64enc: computes(['text'], encodeBytes),
  b64dec: computes(['text'], (text) => decodeBytes(text)),
  b32enc: computes(['text'], encodeBase32),
  b32dec: computes(['text'], (text) => {
    const decoded = decodeBase32(text);
    return typeof decoded === 'string' ? decoded : `illegal base32 data at input byte ${decoded}`;
  }),
};

/** What cannot be written is told in the text itself. */
function saidToml(value: Datum): string {
  try {
    return formatToml(value);
  } catch (error) {
    if (error instanceof FunctionError && error.message.startsWith('toml: ')) return error.message;
    throw error;
  }
}

function yaml(isPretty: boolean): GoFunction {
  return hands(['any'], ([value = nothing], { here }) => knownText(formatYaml(value, { here, isPretty })));
}

function json(style: JsonStyle): GoFunction {
  return hands(['any'], ([value = nothing], { here }) => knownText(formatJson(value, style, here)));
}

/** What cannot be written is no text at all. */
function orNothing(write: GoFunction): GoFunction {
  return {
    ...write,
    call: (args, call) => {
      try {
        return write.call(args, call);
      } catch (error) {
        if (error instanceof FunctionError) return knownValue('');
        throw error;
      }
    },
  };
}

function parses(call: (args: readonly Known[]) => Known): GoFunction {
  return { ...hands(['text'], call), parses: true };
}

/** What a text cannot be read as is told in the value itself, as Helm does. */
function reading(format: 'yaml' | 'json', isWanted: (value: Value) => boolean): GoFunction {
  const isList = isWanted === (isSequence as (value: Value) => boolean);
  return parses(([text = nothing]) => {
    const { value, problem, document } = read(text, format);
    const origins = originsOf(text);
    if (problem === undefined && isWanted(value)) return knownPart(text, value, document);
    if (problem === undefined && value === null) return { value: nothingOf(format, isList), origins };
    const said = { value: problem ?? wrongKind(value, format, isList), origins };
    const made: Datum = isList ? newList([said]) : newMap([['Error', said]]);
    return { value: made, origins };
  });
}

/** What was read of a text, each part from where its letters came from as far as that is known. */
function knownPart(text: Known, value: Value, document: Document | undefined): Known {
  if (text.made === undefined || document === undefined) return knownFromText(value, originsOf(text));
  return knownFromMade(document, { text: textIn(text), stretches: text.made });
}

/** JSON's null is a nil, of which YAML makes what is empty. */
function nothingOf(format: 'yaml' | 'json', isList: boolean): Datum {
  if (isList) return format === 'json' ? nilList() : newList([]);
  return format === 'json' ? { ...newMap(), isNil: true } : newMap();
}

function wrongKind(value: Value, format: 'yaml' | 'json', isList: boolean): string {
  const type = isSequence(value)
    ? 'array'
    : isMapping(value)
      ? 'object'
      : typeof value === 'boolean'
        ? 'bool'
        : typeof value === 'bigint'
          ? 'number'
          : typeof value;
  const yaml = format === 'yaml' ? 'error unmarshaling JSON: while decoding JSON: ' : '';
  return `${yaml}json: cannot unmarshal ${type} into Go value of type ${isList ? '[]interface {}' : 'map[string]interface {}'}`;
}

interface ReadText {
  readonly value: Value;
  readonly problem?: string;
  /** The same with where it stands in the text. */
  readonly document?: Document | undefined;
}

function read(known: Known, format: 'yaml' | 'json'): ReadText {
  const text = textIn(known);
  if (format === 'json') return parseJson(known, text);
  // Nobody splits it into lines and ends each of them: a block that ends with the text has no line break.
  const loaded = parseDocuments({ path: '', text }, 'operations');
  const [document] = loaded.documents;
  if (document !== undefined) return { value: document.value, document };
  const problem = loaded.diagnostics.find(({ severity }) => severity === 'error');
  return problem === undefined ? { value: null } : { value: null, problem: problem.message };
}

const maximumNesting = 500;

/** Whether lists and objects lie this deep within each other, which nothing here follows. */
function isNestedDeeply(text: string): boolean {
  if (text.length < maximumNesting) return false;
  let depth = 0;
  for (const [mark] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gsu)) {
    if (mark === '[' || mark === '{') depth += 1;
    else if (mark === ']' || mark === '}') depth -= 1;
    if (depth > maximumNesting) return true;
  }
  return false;
}

function parseJson({ made }: Known, text: string): ReadText {
  if (isNestedDeeply(text)) throw new UnsupportedTemplate('values nested this deeply');
  try {
    const value = JSON.parse(text) as Value;
    return made === undefined ? { value } : { value, document: placedJson(text, value) };
  } catch {
    return { value: null, problem: jsonProblem(text) };
  }
}

/** Where each part of a JSON text stands; undefined where what knows that reads something else in it. */
function placedJson(text: string, value: Value): Document | undefined {
  const [document] = parseDocuments({ path: '', text }, 'json').documents;
  return document !== undefined && equalValues(document.value, value) ? document : undefined;
}
