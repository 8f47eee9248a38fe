import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { type FieldProblem, findingAt } from '../object/finding.ts';
import { layersOf } from '../object/layer.ts';
import { getAt, locateField, type Step } from '../object/provenance.ts';
import { type Resource, trackedObject } from '../object/resource.ts';
import { hasVariable } from '../source/enclosed.ts';
import { type Mapping, type Path, valueAt } from '../source/value.ts';
import type { Admission } from './admit.ts';
import { wordsOf } from './error-words.ts';
import type { FieldError, FieldErrorType } from './field-error.ts';

/** The rules that stand for what an API server refuses, by the cause that it would give. */
export const admissionRules: Readonly<Record<FieldErrorType, string>> = {
  Required: 'required-field-missing',
  Invalid: 'invalid-value',
  Duplicate: 'duplicate-value',
  NotSupported: 'unsupported-value',
  Forbidden: 'forbidden-field',
  NotFound: 'value-not-found',
  TooLong: 'value-too-long',
  TooMany: 'too-many-items',
  TypeInvalid: 'wrong-type',
  UnknownField: 'unknown-field',
  InternalError: 'not-admitted',
};

/** What the server accepts, but drops, ignores or will soon refuse. */
export const admissionWarningRule = 'without-effect';

/** What an API server would say of a resource, at the lines that it never tells. */
export function admissionFindings(
  resource: Resource,
  admission: Admission,
  entryPoint?: string,
): Diagnostic[] {
  const errors = admission.errors.map((error) => errorProblem(resource, error));
  const written = admission.warnings.filter(({ field }) => !isOfTransformer(resource, field));
  const warnings = written.map(({ field, detail, twin, help }) => ({
    rule: admissionWarningRule,
    severity: 'warning' as const,
    message: detail,
    path: field,
    knownBy: twin === undefined ? ('field' as const) : { twin },
    part: 'key' as const,
    ...(help === undefined ? {} : { help }),
  }));
  return [...errors, ...warnings].map((problem) => findingAt(resource, problem, entryPoint));
}

/** kustomize's `namespace` also marks cluster-wide objects of kinds that it does not know: nobody wrote it, and the server drops it. */
function isOfTransformer(resource: Resource, field: Path): boolean {
  if (field.at(-1) !== 'namespace') return false;
  const { steps } = locateField(trackedObject(resource), field);
  // Below the transformer stands the field itself, or the mapping that the transformer put it into.
  const isWritten = ({ by, span: { file, start } }: Step): boolean =>
    by !== 'namespace' && /^["']?namespace\b/u.test(file.text.slice(start, start + 12));
  return steps.length > 0 && !steps.some(isWritten);
}

/** What only the looseness of the configuration lets pass. */
export function ignoredFindings(
  resource: Resource,
  { ignored = [] }: Admission,
  entryPoint?: string,
): Diagnostic[] {
  return ignored.map((error) => findingAt(resource, errorProblem(resource, error), entryPoint));
}

function errorProblem(resource: Resource, error: FieldError): FieldProblem {
  const { type, field, change, gate, isOfRelease, help = helpFor(resource, error) } = error;
  const quotes = substitutedScalar(resource, error);
  const isSecret = resource.object['kind'] === 'Secret';
  const isLeftOut = isDroppedBefore(resource, error);
  const words = isSecret && field[0] !== 'metadata' ? wordsOf({ ...error, badValue: null }) : wordsOf(error);
  return {
    rule: admissionRules[type],
    severity: gate === undefined && isOfRelease === undefined && !isLeftOut ? 'error' : 'warning',
    message: isLeftOut
      ? `${words} in templatePatch: Argo CD drops fields that an Application does not have`
      : words,
    path: field,
    knownBy: 'field',
    ...(change === undefined ? {} : { at: change }),
    part: partOf(resource, type, change ?? field),
    help: quotes ?? help,
  };
}

/** Argo CD decodes what it makes of a `templatePatch` into the type of an Application, so that no server sees the field. */
function isDroppedBefore(resource: Resource, { type, field }: FieldError): boolean {
  if (type !== 'UnknownField') return false;
  const found = getAt(trackedObject(resource), field);
  return found !== undefined && layersOf(found.origin).some(({ by }) => by === 'templatePatch');
}

function partOf(resource: Resource, type: FieldErrorType, field: Path): 'key' | 'value' {
  const value = valueAt(resource.object, field);
  return type === 'UnknownField' || (typeof value === 'object' && value !== null) ? 'key' : 'value';
}

/** What to do where the judgement itself says nothing of it. */
function helpFor({ object }: Resource, { type, field }: FieldError): string {
  switch (type) {
    case 'Required':
      return 'add the field';
    case 'Forbidden':
      return 'remove the field';
    case 'Duplicate':
      return 'remove one of the two, or change it';
    case 'TooLong':
      return 'shorten it';
    case 'TooMany':
      return 'remove what you do not need';
    case 'UnknownField':
      return `remove it; \`${explainCommand(object, field.slice(0, -1))}\` lists the available fields`;
    default: {
      const value = valueAt(object, field);
      if (typeof value === 'string' && hasVariable(value)) return variableHelp;
      return `\`${explainCommand(object, field)}\` shows what is allowed here`;
    }
  }
}

/** What to do where Flux put a text in for a variable, and YAML reads it as a number, a boolean or null. */
function substitutedScalar(resource: Resource, { type, field, detail }: FieldError): string | undefined {
  if (type !== 'TypeInvalid' || !detail.startsWith('must be a string')) return undefined;
  const found = getAt(trackedObject(resource), field);
  if (found === undefined || typeof found.value === 'string' || typeof found.value === 'object')
    return undefined;
  if (!layersOf(found.origin).some(({ by }) => by === 'postBuild')) return undefined;
  return `the build drops the quotes around the variable; put them in the value: '"${found.value}"'`;
}

const variableHelp =
  'write the value: Flux substitutes variables only for Kustomizations with postBuild, and no such Kustomization here applies this object';

function explainCommand({ kind }: Mapping, field: Path): string {
  const steps = field.filter((step) => typeof step === 'string');
  const odd = steps.findIndex((step) => !/^[A-Za-z]\w*$/u.test(step));
  const path = odd < 0 ? steps : steps.slice(0, odd);
  const known = typeof kind === 'string' && /^[A-Za-z]+$/u.test(kind) ? kind.toLowerCase() : 'KIND';
  return `kubectl explain ${[known, ...path].join('.')}`;
}
