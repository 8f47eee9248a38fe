import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { findingAt } from '../../object/finding.ts';
import { isTrueAt } from '../../object/object-field.ts';
import { getAt, getPart, itemsOf, mappingOf, setKey, type Tracked } from '../../object/provenance.ts';
import { nameOf, namespaceOf, type Resource, trackedObject } from '../../object/resource.ts';
import { parseDocuments } from '../../source/parse.ts';
import { isMapping, isSequence, type Mapping, newMapping, type Path, valueAt } from '../../source/value.ts';
import type { ControllerKind, ReconcileContext } from '../controller-kind.ts';
import { mergePatch } from '../merge-patch.ts';
import { emptyBuild, type MadeReconciliation, nothingSaid } from '../reconciliation.ts';
import { fillTemplate, type TemplateDialect } from './fast-template.ts';
import { fillValue, type Unfilled } from './fill-value.ts';
import { type GeneratorContext, generate, kindOfGenerator } from './generators.ts';
import { clustersOf } from './known-clusters.ts';

export const applicationSetKind: ControllerKind = {
  group: 'argoproj.io',
  kind: 'ApplicationSet',
  entry: {
    isWhole: (object) =>
      [['generators'], ['template', 'spec']].every(
        (path) => valueAt(object, ['spec', ...path]) !== undefined,
      ),
    // What it makes has paths, it has none.
    pathField: () => undefined,
    reconcile: reconcileApplicationSet,
  },
};

function reconcileApplicationSet(
  declaration: Resource,
  namespace: string,
  context: ReconcileContext,
): MadeReconciliation {
  const { applications, diagnostics, unknown } = expandApplicationSet(declaration, context);
  return {
    ...nothingSaid,
    by: 'argocd',
    kind: 'ApplicationSet',
    name: nameOf(declaration.object),
    namespace,
    declaration,
    notRendered: unknown,
    build: { ...emptyBuild('', true), resources: applications, diagnostics },
  };
}

/** The Applications of an ApplicationSet, as its controller would make them. */
export interface Expansion {
  readonly applications: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
  /** What keeps some or all of them from being known. */
  readonly unknown: readonly string[];
}

/** Expands an ApplicationSet without asking anybody: lists, files and directories of this repository and what combines them. */
export function expandApplicationSet(
  declaration: Resource,
  context: Omit<GeneratorContext, keyof TemplateDialect>,
): Expansion {
  const tracked = trackedObject(declaration);
  const generators = getAt(tracked, ['spec', 'generators']);
  const template = getAt(tracked, ['spec', 'template']);
  if (template === undefined || generators === undefined)
    return { applications: [], diagnostics: [], unknown: [] };
  const run: Run = { declaration, dialect: dialectOf(declaration), diagnostics: [], unknown: new Set() };
  const { clusters } = context;
  const known =
    clusters === undefined
      ? context
      : { ...context, clusters: clustersOf(clusters, namespaceOf(declaration.object)) };
  const applications = itemsOf(generators).flatMap((generator, index) => {
    const { parameters, unknown, failures } = generate(generator, { ...known, ...run.dialect });
    for (const one of unknown) run.unknown.add(one);
    for (const one of failures) run.diagnostics.push(refused(declaration, one, index));
    const own = withGeneratorTemplate(template, generator);
    return parameters.flatMap((one) => makeApplication(run, own, one));
  });
  const { diagnostics } = run;
  diagnostics.push(...duplicates(declaration, applications));
  const isEmpty = applications.length === 0 && run.unknown.size === 0 && diagnostics.length === 0;
  if (isEmpty) diagnostics.push(nothing(declaration));
  const name = nameOf(declaration.object);
  return {
    applications,
    diagnostics: firstOfEach(diagnostics),
    unknown: [...run.unknown].map((reason) => `ApplicationSet ${name}: ${reason} cannot be known here`),
  };
}

interface Run {
  readonly declaration: Resource;
  readonly dialect: TemplateDialect;
  readonly diagnostics: Diagnostic[];
  readonly unknown: Set<string>;
}

function dialectOf({ object }: Resource): TemplateDialect {
  const options = valueAt(object, ['spec', 'goTemplateOptions']);
  return {
    isGoTemplate: isTrueAt(object, 'spec', 'goTemplate'),
    isStrict: isSequence(options) && options.includes('missingkey=error'),
  };
}

/** A generator may have a template of its own, of which what is not empty counts before the one of all. */
function withGeneratorTemplate(template: Tracked, generator: Tracked): Tracked {
  const kind = kindOfGenerator(generator);
  const own = kind === undefined ? undefined : getAt(generator, [kind, 'template']);
  return own === undefined || !isMapping(own.value) ? template : mergePatch(template, own);
}

function makeApplication(run: Run, template: Tracked, parameters: Mapping): Resource[] {
  const { value, unfilled } = fillValue(template.value, parameters, run.dialect);
  if (unfilled.length > 0) {
    for (const one of unfilled) complain(run, one, ['spec', 'template']);
    return [];
  }
  const made = applicationOf(run.declaration, { value, origin: template.origin });
  const patch = getAt(trackedObject(run.declaration), ['spec', 'templatePatch']);
  return typeof patch?.value === 'string' ? patched(run, made, patch, parameters) : [made];
}

function complain(run: Run, { result, path }: Unfilled, at: Path): void {
  if ('unsupported' in result) run.unknown.add(`the template function ${result.unsupported}`);
  else if ('missing' in result)
    run.diagnostics.push(missingParameter(run.declaration, result.missing, [...at, ...path]));
}

// Each value stands at the line of the template that it was made of.
function applicationOf(declaration: Resource, template: Tracked): Resource {
  const { origin } = template;
  const part = (key: string): Tracked => getAt(template, [key]) ?? { value: newMapping(), origin };
  const text = (value: string): Tracked => ({ value, origin });
  let metadata = part('metadata');
  if (isMapping(metadata.value)) {
    const own = metadata as Tracked<Mapping>;
    const keeps = isTrueAt(declaration.object, 'spec', 'syncPolicy', 'preserveResourcesOnDeletion');
    const finalizers: Tracked = { value: ['resources-finalizer.argocd.argoproj.io'], origin };
    const given =
      getPart(own, 'finalizers') === undefined && !keeps ? setKey(own, 'finalizers', finalizers) : own;
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
function patched(run: Run, made: Resource, patch: Tracked, parameters: Mapping): Resource[] {
  const result = fillTemplate(String(patch.value), parameters, run.dialect);
  if (!('text' in result)) {
    complain(run, { result, path: [] }, ['spec', 'templatePatch']);
    return [];
  }
  const { documents, diagnostics } = parseDocuments({ path: '', text: result.text }, 'api-server');
  const { value = null } = documents[0] ?? {};
  if (value === null && diagnostics.length === 0) return [made];
  if (!isMapping(value) || diagnostics.length > 0) {
    run.diagnostics.push(badPatch(run.declaration));
    return [];
  }
  const merged = mergePatch(trackedObject(made), { value, origin: patch.origin }) as Tracked<Mapping>;
  const project = getAt(trackedObject(made), ['spec', 'project']);
  const spec = getPart(merged, 'spec');
  const object =
    project === undefined || spec === undefined || !isMapping(spec.value)
      ? merged
      : setKey(merged, 'spec', setKey(spec as Tracked<Mapping>, 'project', project));
  return [{ object: object.value, origin: object.origin }];
}

function refused(declaration: Resource, reason: string, index: number): Diagnostic {
  return findingAt(declaration, {
    rule: 'applicationset-generator-invalid',
    severity: 'error',
    message: `${reason}, so Argo CD makes none of its Applications`,
    help: 'correct the generator; what was made before stays as it is',
    path: ['spec', 'generators', index],
    part: 'key',
  });
}

function badPatch(declaration: Resource): Diagnostic {
  return findingAt(declaration, {
    rule: 'applicationset-generator-invalid',
    severity: 'error',
    message: 'templatePatch is no YAML mapping once it is filled in, so Argo CD makes no Application of it',
    help: 'look at its indentation; text and blocks keep theirs',
    path: ['spec', 'templatePatch'],
    part: 'key',
  });
}

function missingParameter(declaration: Resource, name: string, path: Path): Diagnostic {
  return findingAt(declaration, {
    rule: 'applicationset-parameter-missing',
    severity: 'error',
    message: `the template uses ${name}, which not every element of the generators has`,
    help: 'give each element the parameter, or correct the name',
    path,
  });
}

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
        message: `the generators make more than one Application ${name}, so Argo CD refuses the ApplicationSet`,
        help: 'let the name depend on a parameter that differs',
        path: ['spec', 'template', 'metadata', 'name'],
      }),
    ];
  });
}

function nothing(declaration: Resource): Diagnostic {
  return findingAt(declaration, {
    rule: 'applicationset-empty',
    severity: 'warning',
    message: 'the generators bring nothing, so there is no Application',
    help: 'correct the paths or elements; Applications that existed before are deleted',
    path: ['spec', 'generators'],
    part: 'key',
  });
}

function firstOfEach(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ rule, message, field }) => {
    const key = `${rule}\n${message}\n${field ?? ''}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
