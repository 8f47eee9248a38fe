import { findingAt } from '../../build/finding.ts';
import { getAt, mappingOf, type Tracked } from '../../build/provenance.ts';
import { nameOf, type Resource, trackedObject } from '../../build/resource.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { isSequence, type Mapping, newMapping, type Path, type Value } from '../../source/value.ts';
import { isTrueAt } from '../object-field.ts';
import { type GeneratorContext, generate } from './generators.ts';
import { evaluateFastTemplate, evaluateGoTemplate, type TemplateResult } from './go-template.ts';

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
  context: Omit<GeneratorContext, 'isGoTemplate'>,
): Expansion {
  const tracked = trackedObject(declaration);
  const name = nameOf(declaration.object);
  const isGoTemplate = isTrueAt(declaration.object, 'spec', 'goTemplate');
  const template = getAt(tracked, ['spec', 'template']);
  if (template === undefined) return { applications: [], diagnostics: [], unknown: [] };
  const { parameters, unknown } = generate(getAt(tracked, ['spec', 'generators']), {
    ...context,
    isGoTemplate,
  });
  const reasons = new Set(unknown);
  if (getAt(tracked, ['spec', 'templatePatch']) !== undefined) reasons.add('a templatePatch');
  const evaluate = isGoTemplate ? evaluateGoTemplate : evaluateFastTemplate;
  const applications: Resource[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const one of parameters) {
    const problems: { result: TemplateResult; path: Path }[] = [];
    const value = fill(template.value, (text, path) => {
      const result = evaluate(text, one);
      if ('text' in result) return result.text;
      problems.push({ result, path });
      return text;
    });
    const [problem] = problems;
    if (problem === undefined) applications.push(applicationOf(template, value));
    else if ('unsupported' in problem.result)
      reasons.add(`the template function ${problem.result.unsupported}`);
    else if ('missing' in problem.result)
      diagnostics.push(missingParameter(declaration, problem.result.missing, problem.path));
  }
  diagnostics.push(...duplicates(declaration, applications));
  if (parameters.length === 0 && reasons.size === 0) diagnostics.push(nothing(declaration));
  return {
    applications,
    diagnostics: firstOfEach(diagnostics),
    unknown: [...reasons].map((reason) => `ApplicationSet ${name}: ${reason} cannot be known here`),
  };
}

function fill(value: Value, render: (text: string, path: Path) => string, path: Path = []): Value {
  if (typeof value === 'string') return value.includes('{{') ? render(value, path) : value;
  if (path.length > 100 || typeof value !== 'object' || value === null) return value;
  if (isSequence(value)) return value.map((item, index) => fill(item, render, [...path, index]));
  const filled = newMapping();
  for (const key of Object.keys(value))
    filled[key] = fill((value as Mapping)[key] ?? null, render, [...path, key]);
  return filled;
}

// Each value stands at the line of the template that it was made of.
function applicationOf(template: Tracked, value: Value): Resource {
  const filled: Tracked = { value, origin: template.origin };
  const part = (key: string): Tracked =>
    getAt(filled, [key]) ?? { value: newMapping(), origin: template.origin };
  const text = (value: string): Tracked => ({ value, origin: template.origin });
  const object = mappingOf(
    [
      ['apiVersion', text('argoproj.io/v1alpha1')],
      ['kind', text('Application')],
      ['metadata', part('metadata')],
      ['spec', part('spec')],
    ],
    template.origin,
  );
  return { object: object.value, origin: object.origin };
}

function missingParameter(declaration: Resource, name: string, path: Path): Diagnostic {
  return findingAt(declaration, {
    rule: 'applicationset-parameter-missing',
    severity: 'error',
    message: `the template uses ${name}, which not every element of the generators has`,
    help: 'give each element the parameter, or correct the name',
    path: ['spec', 'template', ...path],
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
