import { FunctionError } from '../template-error.ts';
import { computes } from '../value/go-function.ts';
import type { Functions } from '../value/model.ts';
import { addressFunctions } from './addresses.ts';
import { caseFunctions } from './cases.ts';
import { choiceFunctions } from './choices.ts';
import { dateFunctions } from './dates.ts';
import { digestFunctions } from './digests.ts';
import { encodingFunctions } from './encodings.ts';
import { goFunctions } from './go.ts';
import { listFunctions } from './lists.ts';
import { mapFunctions } from './maps.ts';
import { numberFunctions } from './numbers.ts';
import { regexpFunctions } from './regexps.ts';
import { textFunctions } from './texts.ts';
import { versionFunctions } from './versions.ts';
import { worldFunctions } from './world.ts';

/** Those that go through all of a value, however much of it is shared. */
const walking: ReadonlySet<string> = new Set(
  `eq ne print println printf html js urlquery quote squote cat toString toStrings join sortAlpha deepCopy mustDeepCopy deepEqual has
  mustHas uniq mustUniq without mustWithout merge mustMerge mergeOverwrite mustMergeOverwrite toYaml mustToYaml toYamlPretty toJson
  mustToJson toPrettyJson mustToPrettyJson toRawJson mustToRawJson toToml mustToToml dict toDecimal`.split(
    /\s+/u,
  ),
);

const functions: Functions = {
  ...goFunctions,
  ...addressFunctions,
  ...caseFunctions,
  ...choiceFunctions,
  ...dateFunctions,
  ...digestFunctions,
  ...encodingFunctions,
  ...listFunctions,
  ...mapFunctions,
  ...numberFunctions,
  ...regexpFunctions,
  ...textFunctions,
  ...versionFunctions,
  ...worldFunctions,
  fail: computes(['text'], (message) => {
    throw new FunctionError(message);
  }),
};

/** The functions of text/template and of sprig 3.3, without those that read the environment. */
export const sprigFunctions: Functions = Object.fromEntries(
  Object.entries(functions).map(([name, own]) => [name, walking.has(name) ? { ...own, walks: true } : own]),
);
