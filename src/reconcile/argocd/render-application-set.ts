import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { findingAt } from '../../object/finding.ts';
import { readMadeText } from '../../object/made-document.ts';
import { isTrueAt } from '../../object/object-field.ts';
import type { WithinText } from '../../object/place.ts';
import {
  getAt,
  getPart,
  itemsOf,
  mappingOf,
  namedOrigin,
  setKey,
  type Tracked,
} from '../../object/provenance.ts';
import { type Renderer, renderedAs } from '../../object/renderer.ts';
import { nameOf, namespaceOf, type Resource, trackedObject } from '../../object/resource.ts';
import { findLiteral } from '../../source/find-literal.ts';
import { parseDocuments } from '../../source/parse.ts';
import {
  isMapping,
  isSequence,
  itemsAt,
  type Mapping,
  newMapping,
  type Path,
  type Value,
  valueAt,
} from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { emptyBuild } from '../reconciliation.ts';
import { tooMuch } from '../too-much.ts';
import { fillTemplate, type TemplateDialect } from './fast-template.ts';
import { fillValue, type Unfilled } from './fill-value.ts';
import { withGeneratorTemplate } from './generator-template.ts';
import { type GeneratorContext, generate } from './generators.ts';
import { clustersOf } from './known-clusters.ts';
import { applyTemplatePatch, isPatchFailure, type PatchFailure } from './template-patch.ts';

/**
 * The Applications of an ApplicationSet as its controller would make them, without asking anybody: lists, files and directories of this
 * repository and what combines them.
 */
export const renderApplicationSet: Renderer<Resource, Omit<GeneratorContext, 'isGoTemplate' | 'isStrict'>> = (
  declaration,
  context,
) => {
  const tracked = trackedObject(declaration);
  const generators = getAt(tracked, ['spec', 'generators']);
  const template = getAt(tracked, ['spec', 'template']);
  if (template === undefined || generators === undefined) return renderedAs(emptyBuild('', true));
  const { budget } = context;
  const dialect = { ...dialectOf(declaration), ...(budget === undefined ? {} : { budget }) };
  const run: Run = { declaration, dialect, diagnostics: [], unknown: new Set(), isRefused: false };
  const panics = unknownOptions(declaration, run.dialect);
  if (panics.length > 0)
    return { ...renderedAs({ ...emptyBuild('', true), diagnostics: panics }), isRefused: true };
  const { clusters } = context;
  const known =
    clusters === undefined
      ? context
      : { ...context, clusters: clustersOf(clusters, namespaceOf(declaration.object)) };
  const applications = itemsOf(generators).flatMap((generator, index) => {
    const { parameters, unknown, failures, limits } = generate(generator, { ...known, ...run.dialect });
    for (const one of unknown) run.unknown.add(one);
    for (const one of limits) run.diagnostics.push(tooMuch(declaration, one, ['spec', 'generators', index]));
    for (const one of failures) refuse(run, refused(declaration, one, index));
    const own = withGeneratorTemplate(template, generator);
    return parameters.flatMap((one) => makeApplication(run, own, one));
  });
  const { diagnostics } = run;
  diagnostics.push(...duplicates(declaration, applications));
  const isEmpty = applications.length === 0 && run.unknown.size === 0 && diagnostics.length === 0;
  if (isEmpty) diagnostics.push(nothing(declaration));
  const name = nameOf(declaration.object);
  const build = { ...emptyBuild('', true), resources: applications, diagnostics: firstOfEach(diagnostics) };
  const reasons = [...run.unknown].map((one) => `ApplicationSet ${name}: ${one} cannot be known here`);
  return { ...renderedAs(build, ...reasons), ...(run.isRefused ? { isRefused: true } : {}) };
};

interface Run {
  readonly declaration: Resource;
  readonly dialect: TemplateDialect;
  readonly diagnostics: Diagnostic[];
  readonly unknown: Set<string>;
  /** Whether an error keeps the controller from making anything (applicationset_controller.go of argo-cd 3.6, Reconcile). */
  isRefused: boolean;
}

function refuse(run: Run, why: Diagnostic): void {
  run.isRefused = true;
  run.diagnostics.push(why);
}

function dialectOf({ object }: Resource): TemplateDialect {
  // Of several the last one counts.
  const last = itemsAt(object, ['spec', 'goTemplateOptions']).at(-1);
  return {
    isGoTemplate: isTrueAt(object, 'spec', 'goTemplate'),
    isStrict: last === 'missingkey=error',
    isZero: last === 'missingkey=zero',
  };
}

const knownOptions: ReadonlySet<unknown> = new Set(
  ['default', 'invalid', 'zero', 'error'].map((one) => `missingkey=${one}`),
);

/** Options that text/template does not know: it panics, and the controller with it. */
function unknownOptions(declaration: Resource, { isGoTemplate }: TemplateDialect): Diagnostic[] {
  const options = valueAt(declaration.object, ['spec', 'goTemplateOptions']);
  if (!isGoTemplate || !isSequence(options)) return [];
  return options.flatMap((option, index) =>
    typeof option !== 'string' || knownOptions.has(option) ? [] : [badOption(declaration, option, index)],
  );
}

function badOption(declaration: Resource, option: string, index: number): Diagnostic {
  return findingAt(declaration, {
    rule: 'applicationset-generator-invalid',
    severity: 'error',
    message: `Go templates have no option "${option}": the controller panics, so Argo CD creates no Application`,
    help: 'write missingkey=error',
    path: ['spec', 'goTemplateOptions', index],
  });
}

function makeApplication(run: Run, template: Tracked, parameters: Tracked<Mapping>): Resource[] {
  // An element that brings nothing leaves the template as it stands (RenderTemplateParams).
  const isUntouched = Object.keys(parameters.value).length === 0;
  const { filled, unfilled, unsupported } = isUntouched
    ? { filled: template, unfilled: [], unsupported: [] }
    : fillValue(template, parameters, run.dialect);
  for (const name of unsupported) run.unknown.add(`the template function ${name}`);
  if (unfilled.length > 0) {
    for (const one of unfilled) complain(run, one, ['spec', 'template']);
    return [];
  }
  const made = applicationOf(run.declaration, filled, isUntouched);
  const patch = getAt(trackedObject(run.declaration), ['spec', 'templatePatch']);
  return typeof patch?.value === 'string' ? patched(run, made, patch, parameters) : [made];
}

function complain(run: Run, { result, path }: Unfilled, at: Path): void {
  if ('tooMuch' in result) run.diagnostics.push(tooMuch(run.declaration, result.tooMuch, [...at, ...path]));
  else if ('refused' in result) refuse(run, badTemplate(run.declaration, result.refused, [...at, ...path]));
  else if ('missing' in result) {
    const isPrinted = 'isPrinted' in result && result.isPrinted === true;
    run.isRefused ||= run.dialect.isGoTemplate && !isPrinted;
    run.diagnostics.push(missingParameter(run.declaration, result.missing, [...at, ...path]));
  }
}

// Each value stands at the line of the template that it was made of.
function applicationOf(declaration: Resource, template: Tracked, isUntouched: boolean): Resource {
  const { origin } = template;
  const part = (key: string): Tracked => getAt(template, [key]) ?? { value: newMapping(), origin };
  const text = (value: string): Tracked => ({ value, origin });
  let metadata = part('metadata');
  if (isMapping(metadata.value)) {
    const own = metadata as Tracked<Mapping>;
    const keeps = isTrueAt(declaration.object, 'spec', 'syncPolicy', 'preserveResourcesOnDeletion');
    const finalizers: Tracked = { value: ['resources-finalizer.argocd.argoproj.io'], origin };
    const hasNone = itemsAt(own.value, ['finalizers']).length === 0;
    const given = hasNone && !keeps && !isUntouched ? setKey(own, 'finalizers', finalizers) : own;
    const namespace = namespaceOf(declaration.object);
    metadata = namespace === '' ? given : setKey(given, 'namespace', text(namespace));
  }
  const object = mappingOf(
    [
      ['apiVersion', text('argoproj.io/v1alpha1')],
      ['kind', text('Application')],
      ['metadata', metadata],
      ['spec', part('spec')],
    ],
    origin,
  );
  return { object: object.value, origin: object.origin };
}

/** `templatePatch` is filled in as one text, then merged into the Application, whose project it cannot change. */
function patched(run: Run, made: Resource, patch: Tracked, parameters: Tracked<Mapping>): Resource[] {
  const template = { value: valueText(patch.value), origin: namedOrigin('templatePatch', patch.origin) };
  const result = fillTemplate(template, parameters, run.dialect);
  if ('unsupported' in result) run.unknown.add(`the template function ${result.unsupported}`);
  if (!('made' in result)) {
    complain(run, { result, path: [] }, patchPath);
    // Without goTemplate a name that no element has stays as it is written.
    if ('missing' in result && !run.dialect.isGoTemplate) run.isRefused ||= !isMappingText(patch.value);
    return [];
  }
  const { documents, diagnostics } = readMadeText(result.made, 'templatePatch', 'api-server');
  const [filled] = documents;
  const isBroken = diagnostics.some(({ rule }) => rule !== 'duplicate-key');
  if ((filled?.value ?? null) === null && !isBroken) return [made];
  if (filled === undefined || !isMapping(filled.value) || isBroken) {
    refuse(run, badPatch(run.declaration));
    return [];
  }
  for (const { span, message } of diagnostics) {
    run.diagnostics.push(repeatedKey(run.declaration, message, span.file.text.slice(span.start, span.end)));
  }
  const merged = applyTemplatePatch(trackedObject(made), filled);
  if (isPatchFailure(merged)) {
    refuse(run, unmergeable(run.declaration, merged));
    return [];
  }
  return [withProjectOf(run, made, merged as Tracked<Mapping>, filled.value)];
}

function isMappingText(text: Value): boolean {
  const { documents, diagnostics } = parseDocuments(
    { path: 'templatePatch', text: valueText(text) },
    'api-server',
  );
  return diagnostics.length === 0 && documents.length === 1 && isMapping(documents[0]?.value);
}

const patchPath: Path = ['spec', 'templatePatch'];

function withProjectOf(run: Run, made: Resource, merged: Tracked<Mapping>, patch: Mapping): Resource {
  const project = getAt(trackedObject(made), ['spec', 'project']);
  const wanted = valueAt(patch, ['spec', 'project']);
  if (wanted !== undefined && wanted !== project?.value)
    run.diagnostics.push(droppedProject(run.declaration));
  const spec = getPart(merged, 'spec') ?? { value: newMapping(), origin: merged.origin };
  const object =
    project === undefined || !isMapping(spec.value)
      ? merged
      : setKey(merged, 'spec', setKey(spec as Tracked<Mapping>, 'project', project));
  const placed = inNamespace(made, object);
  return { object: placed.value, origin: placed.origin };
}

/** A patch moves no Application into another namespace. */
function inNamespace(made: Resource, patched: Tracked<Mapping>): Tracked<Mapping> {
  const namespace = getAt(trackedObject(made), ['metadata', 'namespace']);
  const metadata = getPart(patched, 'metadata');
  if (namespace === undefined || metadata === undefined || !isMapping(metadata.value)) return patched;
  return setKey(patched, 'metadata', setKey(metadata as Tracked<Mapping>, 'namespace', namespace));
}

function refused(declaration: Resource, reason: string, index: number): Diagnostic {
  return findingAt(declaration, {
    rule: 'applicationset-generator-invalid',
    severity: 'error',
    message: `${reason}, so Argo CD creates none of its Applications`,
    help: 'correct the generator; existing Applications stay as they are',
    path: ['spec', 'generators', index],
    part: 'key',
  });
}

function badPatch(declaration: Resource): Diagnostic {
  return findingAt(declaration, {
    rule: 'applicationset-generator-invalid',
    severity: 'error',
    message:
      'templatePatch is not a YAML mapping after templating, so Argo CD creates no Application from it',
    help: 'check its indentation, which blocks and strings keep',
    path: ['spec', 'templatePatch'],
    part: 'key',
  });
}

const aroundKey = { before: /[\s{,"']$/u, after: /^["']?\s*:/u };

/** The place of a key in the text of `templatePatch`: that of the last one, where several are set. */
function keyInPatch({ object }: Resource, key: string): { readonly within?: WithinText } {
  const text = valueAt(object, patchPath);
  const found = typeof text === 'string' ? findLiteral(text, key, aroundKey).at(-1) : undefined;
  return found === undefined ? {} : { within: { start: found, end: found + key.length } };
}

function unmergeable(declaration: Resource, { reason, path }: PatchFailure): Diagnostic {
  return findingAt(declaration, {
    rule: 'applicationset-generator-invalid',
    severity: 'error',
    message: `${reason}, so it creates no Application`,
    help: 'write everything in values, as a string, or use valuesObject only in the patch',
    path: patchPath,
    ...keyInPatch(declaration, String(path.at(-1))),
  });
}

function repeatedKey(declaration: Resource, message: string, key: string): Diagnostic {
  return findingAt(declaration, {
    rule: 'applicationset-generator-invalid',
    severity: 'error',
    message: `${message} in templatePatch, of which Argo CD uses the last one`,
    help: 'remove one of the two',
    path: patchPath,
    ...keyInPatch(declaration, key),
  });
}

function droppedProject(declaration: Resource): Diagnostic {
  return findingAt(declaration, {
    rule: 'applicationset-generator-invalid',
    severity: 'warning',
    message: 'templatePatch sets spec.project, which Argo CD ignores: the project comes from the template',
    help: 'set the project in spec.template, with a parameter if it differs',
    path: patchPath,
    ...keyInPatch(declaration, 'project'),
  });
}

function badTemplate(declaration: Resource, reason: string, path: Path): Diagnostic {
  return findingAt(declaration, {
    rule: 'applicationset-generator-invalid',
    severity: 'error',
    message: `the template cannot be evaluated: ${reason}, so Argo CD creates no Application from it`,
    help: 'correct the template; existing Applications stay as they are',
    path,
  });
}

function missingParameter(declaration: Resource, name: string, path: Path): Diagnostic {
  return findingAt(declaration, {
    rule: 'applicationset-parameter-missing',
    severity: 'error',
    message: `the template uses ${name}, which some elements of the generators do not have`,
    help: switches.test(name)
      ? `a key ${name.split('.').at(-1)} without quotes is true or false in YAML 1.1: put it in quotes in each element, or rename it`
      : 'add the parameter to each element, or correct the name',
    path,
  });
}

/** Keys that the API server reads as booleans. */
const switches = /(?:^|\.)(?:y|n|yes|no|on|off)$/iu;

function duplicates(declaration: Resource, applications: readonly Resource[]): Diagnostic[] {
  const seen = new Set<string>();
  return applications.flatMap(({ object }) => {
    const name = nameOf(object);
    const isTaken = seen.has(name);
    seen.add(name);
    if (!isTaken) return [];
    return [
      findingAt(declaration, {
        rule: 'applicationset-name-duplicate',
        severity: 'error',
        message: `the generators produce more than one Application ${name}, so Argo CD creates and updates none of them`,
        help: 'use a parameter that differs in the name',
        path: ['spec', 'template', 'metadata', 'name'],
      }),
    ];
  });
}

/** Git generators compare a path as it stands, so one with a slash at an end is that of no directory. */
function literalPath({ object }: Resource): Path | undefined {
  for (const [index, generator] of itemsAt(object, ['spec', 'generators']).entries()) {
    for (const [at, directory] of itemsAt(generator, ['git', 'directories']).entries()) {
      const path = valueAt(directory, ['path']);
      if (typeof path === 'string' && /^\.?\/|\/$/u.test(path))
        return ['spec', 'generators', index, 'git', 'directories', at, 'path'];
    }
  }
  return undefined;
}

function nothing(declaration: Resource): Diagnostic {
  const path = literalPath(declaration);
  if (path !== undefined) {
    return findingAt(declaration, {
      rule: 'applicationset-empty',
      severity: 'warning',
      message: `no directory has exactly the path ${valueText(valueAt(declaration.object, path))}, so there is no Application`,
      help: 'remove the slash or ./ at its start or end; Applications that existed before are deleted',
      path,
    });
  }
  return findingAt(declaration, {
    rule: 'applicationset-empty',
    severity: 'warning',
    message: 'the generators produce nothing, so there is no Application',
    help: 'correct the paths or elements; Applications that existed before are deleted',
    path: ['spec', 'generators'],
    part: 'key',
  });
}

function firstOfEach(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ rule, message, field }) => {
    // Why one template cannot be evaluated may differ with the values that it meets.
    const words = rule === 'applicationset-generator-invalid' ? '' : message;
    const key = `${rule}\n${words}\n${field ?? ''}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
