import { textAt } from '../../object/object-field.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { jqPath } from '../../reconcile/argocd/jq-path.ts';
import { ignoredEverywhere } from '../../reconcile/argocd/settings.ts';
import { matchesGlob } from '../../source/glob.ts';
import { isMapping, isSequence, type Mapping, type Path, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { Application } from './argo-application.ts';

/** An object as `ignoreDifferences` tells objects apart. */
export interface IgnoredSubject {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** A field whose differences an entry ignores, and the place of the pointer in the entry. */
export interface IgnoredField {
  readonly field: Path;
  readonly text: string;
  readonly at: Path;
}

/** The entries of `ignoreDifferences` with their places in the Application. */
export function ignoredDifferences(application: Mapping): { entry: Mapping; at: Path }[] {
  const entries = valueAt(application, ['spec', 'ignoreDifferences']);
  return (isSequence(entries) ? entries : []).flatMap((entry, index) =>
    isMapping(entry) ? [{ entry, at: ['spec', 'ignoreDifferences', index] }] : [],
  );
}

export function coversObject(entry: Mapping, { group, kind, name, namespace }: IgnoredSubject): boolean {
  const says = (field: string, value: string, isGlob: boolean): boolean => {
    const pattern = textAt(entry, field);
    if (pattern === undefined) return field !== 'group' || value === '';
    return isGlob ? matchesGlob(pattern, value) : pattern === value;
  };
  const hasPlace = says('name', name, false) && (namespace === '' || says('namespace', namespace, false));
  return hasPlace && says('group', group, true) && says('kind', kind, true);
}

/** The fields that an entry names by JSON pointers, and by those jq paths that say as little; where a condition holds, all of it. */
export function ignoredFields(entry: Mapping, at: Path): IgnoredField[] {
  const pointers = textsAt(entry['jsonPointers']).map((text, index) => ({
    text,
    field: text.split('/').slice(1).map(unescapePointer),
    at: [...at, 'jsonPointers', index],
  }));
  const expressions = textsAt(entry['jqPathExpressions']).flatMap((text, index) => {
    const field = jqPath(text)?.steps.filter((step) => step !== undefined);
    // An expression for all items of a list names no one field.
    return field === undefined || field.length !== jqPath(text)?.steps.length
      ? []
      : [{ text, field, at: [...at, 'jqPathExpressions', index] }];
  });
  return [...pointers, ...expressions];
}

/** Whether an Application ignores differences of a field, or those of a controller that may own it, by itself or by the settings of Argo CD. */
export function ignoresField(
  { declaration }: Application,
  settings: readonly Mapping[],
  { object }: Resource,
  field: Path,
): boolean {
  const { group, kind } = groupVersionKind(object);
  const subject = { group, kind, name: nameOf(object), namespace: namespaceOf(object) };
  const entries = [
    ...ignoredDifferences(declaration.object).map(({ entry }) => entry),
    ...ignoredEverywhere(settings),
  ];
  return entries.some(
    (entry) =>
      coversObject(entry, subject) &&
      (isSequence(entry['managedFieldsManagers']) ||
        textsAt(entry['jqPathExpressions']).some((text) => text.includes(String(field.at(-1)))) ||
        ignoredFields(entry, []).some((one) => one.field.every((step, index) => step === field[index]))),
  );
}

function textsAt(value: Value | undefined): string[] {
  return isSequence(value) ? value.map(valueText) : [];
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
