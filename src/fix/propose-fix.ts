import { parseFieldPath } from '../build/blame.ts';
import type { Diagnostic, ObjectReference } from '../diagnostic/diagnostic.ts';
import type { Edit, Fix } from '../diagnostic/fix.ts';
import { addTo } from '../diagnostic/grouped.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import type { Span } from '../diagnostic/span.ts';
import { objectKey } from '../diagnostic/suppression.ts';
import type { Build } from '../object/build.ts';
import { knownOnce } from '../object/known-once.ts';
import { objectReference, type Resource } from '../object/resource.ts';
import { haveSamePart } from '../object/same-part.ts';
import { attempt } from '../object/stumble.ts';
import type { Finding, Report } from '../report/report.ts';
import { ownOf } from '../source/own.ts';
import { spanAt } from '../source/position.ts';
import { formatPath, type Value } from '../source/value.ts';
import { replaceApiVersion } from './api-version.ts';
import { boundIn } from './bound-accounts.ts';
import { isSameEdit, touches } from './edit-text.ts';
import { escapeExpression, escapeVariable } from './escape-variable.ts';
import type { FieldFixer, FileFixer, FixContext } from './fixer.ts';
import { replaceKustomizationField } from './kustomization-field.ts';
import { changeScalarType } from './scalar-type.ts';
import {
  dropCapabilities,
  forbidEscalation,
  requireNonRoot,
  requireReadOnly,
  requireSeccomp,
  withoutToken,
} from './security-context.ts';
import { sharingIn } from './sharing.ts';
import { writtenNodes } from './written-nodes.ts';

/** What repairs the findings of a rule that are about a field of an object. */
const fieldFixers: Readonly<Record<string, FieldFixer>> = {
  'capabilities-not-dropped': dropCapabilities,
  'privilege-escalation-allowed': forbidEscalation,
  'runs-as-root': requireNonRoot,
  'seccomp-profile-missing': requireSeccomp,
  'service-account-token-mounted': withoutToken,
  'substitution-invalid': escapeExpression,
  'unsupported-value': replaceApiVersion,
  'variable-undefined': escapeVariable,
  'without-effect': replaceApiVersion,
  'writable-root-file-system': requireReadOnly,
  'wrong-type': changeScalarType,
};

/** Those that look at the pods of an object alone, and weigh what they do by all objects that share its text. */
const podFixers: ReadonlySet<string> = new Set([
  'capabilities-not-dropped',
  'privilege-escalation-allowed',
  'runs-as-root',
  'seccomp-profile-missing',
  'service-account-token-mounted',
  'writable-root-file-system',
]);

const fileFixers: Readonly<Record<string, FileFixer>> = {
  'kustomization-field-deprecated': replaceKustomizationField,
};

/** The rules some of whose findings have a fix. */
export const fixableRules: readonly string[] = [
  ...Object.keys(fieldFixers),
  ...Object.keys(fileFixers),
].sort();

/** The report with a fix beside each finding that has one right answer. */
export function withFixes(
  report: Report,
  builds: readonly Rendered[],
  known: Pick<FixContext, 'sources' | 'kubernetesVersion'>,
  stumbles: Diagnostic[],
): Report {
  const find = resourceFinder(builds);
  const context: FixContext = { ...known, isBound: boundIn(builds), sharing: sharingIn(builds) };
  const isProvable = provableIn(builds);
  return {
    ...report,
    findings: report.findings.map((finding) => {
      const fix = attempt(
        { who: `the fix of ${finding.rule}`, span: finding.span },
        stumbles,
        undefined,
        () => fixOf(finding, find, context),
      );
      return fix === undefined || !isProvable(fix) ? finding : { ...finding, fix };
    }),
  };
}

/** One fix for all objects that show the finding: each may have layers of its own that have to change with the first. */
function fixOf(finding: Finding, find: FindResource, context: FixContext): Fix | undefined {
  if (!Object.hasOwn(fileFixers, finding.rule) && !Object.hasOwn(fieldFixers, finding.rule)) return undefined;
  const { object: _, entryPoint: __, ...rest } = finding;
  const isAlike = alikeIn(finding, find);
  const [first, ...others] = finding.occurrences.flatMap(({ object, entryPoint }) => {
    if (isAlike(object, entryPoint)) return [];
    const one = { ...rest, ...(object && { object }), ...(entryPoint && { entryPoint }) };
    return proposeFix(one, find, context) ?? [];
  });
  const isIdle = [first, ...others].some((one) => one?.edits.every(changesNothing));
  return first && !isIdle ? joined(first, others) : undefined;
}

/** Writes what is there already: a later layer takes it away again, so that the finding would stay. */
function changesNothing({ span: { file, start, end }, text }: Edit): boolean {
  return file.text.slice(start, end) === text;
}

/** Asks whether an object has the part that is to be repaired in common with one that was asked for before: its fix is the same. */
function alikeIn(
  { rule, span, field = '' }: Finding,
  find: FindResource,
): (object: ObjectReference | undefined, entryPoint: string | undefined) => boolean {
  const [part = ''] = /^\w+/u.exec(field) ?? [];
  if (!podFixers.has(rule) || part === 'metadata') return () => false;
  const known = new Map<Value | undefined, Resource>();
  return (object, entryPoint) => {
    const resource = object && find(object, entryPoint, span);
    if (resource === undefined) return false;
    const value = resource.object[part];
    const before = known.get(value);
    if (before !== undefined && haveSamePart(before, resource, part)) return true;
    known.set(value, resource);
    return false;
  };
}

/** The first, with all of the others that want nothing else in the same places. */
function joined(first: Fix, others: readonly Fix[]): Fix {
  const edits = [...first.edits];
  const changes = [...first.changes];
  let { risk } = first;
  for (const fix of others) {
    const more = fix.edits.filter((edit) => !edits.some((other) => isSameEdit(edit, other)));
    const isApart = more.every(({ span }) => !edits.some((other) => touches(span, other.span)));
    if (!isApart || fix.region !== undefined) continue;
    risk ??= fix.risk;
    edits.push(...more);
    changes.push(...fix.changes);
  }
  return { ...first, ...(risk === undefined ? {} : { risk }), edits, changes };
}

/** Finds the rendered object that a finding at a span speaks of. */
type FindResource = (
  object: ObjectReference,
  entryPoint: string | undefined,
  span: Span,
) => Resource | undefined;

/** The fix of a finding, where it has one right answer. */
function proposeFix(finding: Diagnostic, find: FindResource, context: FixContext): Fix | undefined {
  const { rule, object, field, entryPoint, span } = finding;
  const ofFile = Object.hasOwn(fileFixers, rule) ? ownOf(fileFixers, rule) : undefined;
  const ofField = Object.hasOwn(fieldFixers, rule) ? ownOf(fieldFixers, rule) : undefined;
  const fix = ofFile?.(finding, context) ?? ofFieldAt(ofField);
  return fix?.edits.some(({ span }) => isGenerated(span.file)) === true ? undefined : fix;

  function ofFieldAt(fixer: FieldFixer | undefined): Fix | undefined {
    if (fixer === undefined || object === undefined || field === undefined) return undefined;
    const resource = find(object, entryPoint, span);
    const path = resource === undefined ? undefined : parseFieldPath(resource.object, field);
    if (resource === undefined || path === undefined || formatPath(path) !== field) return undefined;
    return fixer({ finding, resource, path }, context);
  }
}

/** What another program writes, it writes again: `flux install`, controller-gen, Helm. */
const isGenerated = knownOnce(({ text }: SourceFile): boolean => {
  const head = text.slice(0, 2_000).split('\n').slice(0, 12);
  return head.some((line) => /^#.*(?:DO NOT EDIT|@generated|\b(?:auto-?)?generated by\b)/iu.test(line));
});

type Rendered = Pick<Build, 'root' | 'resources' | 'inputs' | 'complete'>;

/** Whether every build that reads what a fix changes is whole: of another one nobody knows what it would render, so that it is never made. */
function provableIn(builds: readonly Rendered[]): (fix: Fix) => boolean {
  let broken: ReadonlySet<string> | undefined;
  return ({ edits }) => {
    broken ??= new Set(builds.flatMap(({ complete, inputs }) => (complete ? [] : inputs)));
    return edits.every(({ span }) => broken?.has(span.file.path) === false);
  };
}

/**
 * Finds among builds, by the directory that was built and, of several files that have an object of one name, by where it is
 * written; only the first question makes a table of them.
 */
function resourceFinder(builds: readonly Rendered[]): FindResource {
  let byKey: Map<string, Resource[]> | undefined;
  return (object, entryPoint, span) => {
    byKey ??= resourcesByKey(builds);
    const alike = byKey.get(resourceKey(object, entryPoint ?? '')) ?? [];
    return alike.length < 2 ? alike[0] : (alike.findLast(isWrittenAt(span)) ?? alike.at(-1));
  };
}

function resourcesByKey(builds: readonly Rendered[]): Map<string, Resource[]> {
  const byKey = new Map<string, Resource[]>();
  for (const { root, resources } of builds)
    for (const resource of resources) {
      const key = resourceKey(objectReference(resource.object), root);
      addTo(byKey, key, resource);
    }
  return byKey;
}

function resourceKey(object: ObjectReference, root: string): string {
  return `${root}\0${objectKey(object)}`;
}

function isWrittenAt({ file, start }: Span): (resource: Resource) => boolean {
  return ({ origin }) =>
    writtenNodes(origin).some(({ positions, index }) => {
      const span = spanAt(positions, index, 'whole');
      return span.file.path === file.path && span.start <= start && start <= span.end;
    });
}
