import { executeTemplate } from '../execute.ts';
import { FunctionError } from '../template-error.ts';
import { textIn } from '../value/argument.ts';
import { knownValue, newMap } from '../value/datum.ts';
import { hands } from '../value/go-function.ts';
import type { Call, Functions, Known } from '../value/model.ts';
import { quoteGo } from '../value/quote.ts';
import { durationFunctions } from './durations.ts';
import { knownText } from './pieces.ts';
import { sprigFunctions } from './sprig.ts';
import { fillText } from './tpl.ts';
import { unknownHere } from './world.ts';

const nothing = knownValue(null);

/** All functions of Helm 3 and 4 (pkg/engine/funcs.go): those of sprig, and those that know the templates. */
export const helmFunctions: Functions = {
  ...sprigFunctions,
  ...durationFunctions,
  include: { takes: ['text', 'any'], nests: true, call: include },
  tpl: { takes: ['text', 'any'], nests: true, call: fillText },
  required: hands(['text', 'any'], ([message, value = nothing]) => {
    if (value.value === null || value.value === '') throw new FunctionError(warning(textIn(message)));
    return value;
  }),
  fail: hands(['text'], ([message]) => {
    throw new FunctionError(warning(textIn(message)));
  }),
  // A chart that is rendered without a cluster finds nothing there.
  lookup: {
    takes: ['text', 'text', 'text', 'text'],
    call: (_, call) => ({ value: newMap(), origins: [unknownHere('lookup', call)] }),
  },
};

/** Those that Helm 3.22 does not have. */
const sinceHelm4: ReadonlySet<string> = new Set([
  ...Object.keys(durationFunctions),
  'mustToYaml',
  'mustToToml',
]);

/** The functions of Helm 3 (pkg/engine/funcs.go of 3.22). */
export const helm3Functions: Functions = Object.fromEntries(
  Object.entries(helmFunctions).filter(([name]) => !sinceHelm4.has(name)),
);

/** What a chart says when it refuses values stands between these marks, as Helm has it. */
function warning(message: string): string {
  return `HELM_ERR_START${message}HELM_ERR_END`;
}

function include([name, data = nothing]: readonly Known[], { run }: Call): Known {
  const own = textIn(name);
  const template = run.templates.get(own);
  if (template === undefined)
    throw new FunctionError(
      `template: no template ${quoteGo(own)} associated with template ${quoteGo('gotpl')}`,
    );
  return knownText(executeTemplate(run, template, data));
}
