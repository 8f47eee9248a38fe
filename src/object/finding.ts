import type { Diagnostic, RelatedLocation } from '../diagnostic/diagnostic.ts';
import type { Severity } from '../diagnostic/severity.ts';
import type { Span } from '../diagnostic/span.ts';
import { formatPath, type Path } from '../source/value.ts';
import { releaseOf } from './chart-value.ts';
import { identityAt, identityOf, type KnownBy } from './identity.ts';
import { narrowed, type WithinText } from './place.ts';
import { locateField, type Step } from './provenance.ts';
import { objectReference, type Resource, trackedObject } from './resource.ts';

/** A problem in the terms of the object: the field, never an offset. */
export interface FieldProblem {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help?: string;
  readonly path: Path;
  /** Where to point, if not at the field itself. */
  readonly at?: Path;
  /** What to point at: the value (the default), its key, or both together. */
  readonly part?: 'value' | 'key' | 'whole';
  /** What to point at inside of the field's text, in a block or in a file that was taken in as well. */
  readonly within?: WithinText;
  /** Other fields that have a part in it. */
  readonly related?: readonly {
    readonly resource: Resource;
    readonly path: Path;
    readonly message: string;
  }[];
  readonly unchecked?: string;
  /** What it is known by; where absent, the field if it is there, else the item that lacks it. */
  readonly knownBy?: KnownBy;
}

/** Points a problem at the line that set the field last; the lines before that in its history become related places. */
export function findingAt(resource: Resource, problem: FieldProblem, entryPoint?: string): Diagnostic {
  const { rule, severity, message, help, path, at = path, part, within, unchecked } = problem;
  const { span: whole = nowhere(resource), steps } = locateField(trackedObject(resource), at, part);
  const span = narrowed(whole, trackedObject(resource), path, within);
  const layers = layersBefore(stepsHere(steps, resource), whole);
  const others = relatedFields(problem);
  const related = others.length === 0 ? layers : [...layers, ...others];
  const object = objectReference(resource.object);
  const field = formatPath(path);
  const identity = identityOf(resource, path, problem.knownBy);
  // Written out: thousands of overlays of one base make as many of each.
  const found: Writable<Diagnostic> =
    help === undefined
      ? { rule, severity, message, span, related, object, field, identity }
      : { rule, severity, message, help, span, related, object, field, identity };
  const release = releaseOf(resource, at, whole);
  if (release !== undefined) found.release = release;
  if (entryPoint !== undefined) found.entryPoint = entryPoint;
  if (unchecked !== undefined) found.unchecked = unchecked;
  return found;
}

/** The same problem in another object that has the same part there; both are of an entry point, or neither is. */
export function findingAgain(finding: Diagnostic, resource: Resource, entryPoint?: string): Diagnostic {
  const object = objectReference(resource.object);
  const identity = identityAt(resource, finding.identity?.field ?? '');
  return entryPoint === undefined
    ? { ...finding, object, identity }
    : { ...finding, object, identity, entryPoint };
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

// A list or a map that a chart makes comes from as many values as there are in it.
const mostValues = 4;

/** Of what a chart made the last values, and without the layers of a chart that nobody here can change. */
function stepsHere(steps: readonly Step[], { chart }: Resource): readonly Step[] {
  if (chart === undefined || chart.isOwn) return steps;
  return steps.filter(({ span }) => !span.file.path.startsWith(`${chart.path}/`)).slice(-mostValues);
}

function layersBefore(steps: readonly Step[], span: Span): readonly RelatedLocation[] {
  if (steps.length < 2) return [];
  return steps
    .slice(0, -1)
    .filter((step) => step.span.file !== span.file || step.span.start !== span.start)
    .map(({ by, span: layer }) => ({
      span: layer,
      message: by === 'resources' ? 'defined here' : `set here by ${by}`,
    }));
}

function relatedFields({ related = [] }: FieldProblem): readonly RelatedLocation[] {
  return related.flatMap(({ resource, path, message }) => {
    const { span } = locateField(trackedObject(resource), path);
    return span === undefined ? [] : [{ span, message }];
  });
}

// Only builds without provenance have no place to point at; they are made for measuring.
function nowhere(resource: Resource): Span {
  const { kind, name } = objectReference(resource.object);
  return { file: { path: `${kind}/${name}`, text: '' }, start: 0, end: 0 };
}
