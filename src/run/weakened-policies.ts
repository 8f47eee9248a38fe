import type { Weakening } from '../accept/weakened-settings.ts';
import { namespacesOf } from '../admit/judge.ts';
import { labelsOf, matchesSelector } from '../object/label-match.ts';
import { groupVersionKind, nameOf, type Resource } from '../object/resource.ts';
import { formatValue, isMapping, isSequence, type Mapping, type Value, valueAt } from '../source/value.ts';
import type { Tree } from '../survey/tree.ts';

/** Something that decides which objects policies let in: what it is called, and all that counts of it. */
interface Deciding {
  readonly title: string;
  readonly text: string;
}

/** Policies, their bindings, their parameters and the labels by which they choose namespaces that are gone, or say something else. */
export function policiesChanged(base: Tree, head: Tree): Weakening[] {
  const [before, after] = [objectsIn(base), objectsIn(head)];
  const keys = namespaceKeys(before.filter(isPolicy));
  const later = decidingIn(after, keys);
  const [texts, titles] = [new Set(later.map(textOf)), new Set(later.map(({ title }) => title))];
  const gone = decidingIn(before, keys).filter((one) => !texts.has(textOf(one)));
  return [...new Set(gone.map(({ title }) => title))].map((title) => ({
    what: `${title} ${titles.has(title) ? 'differs' : 'is gone'}`,
  }));
}

function textOf({ title, text }: Deciding): string {
  return `${title} ${text}`;
}

function objectsIn({ units }: Tree): Resource[] {
  return units.flatMap(({ build }) => build.resources);
}

function decidingIn(all: readonly Resource[], keys: ReadonlySet<string>): Deciding[] {
  const policies = all.filter(isPolicy);
  const objects = [...policies, ...all.filter(parameterOf(policies))].map(({ object }) => ({
    title: `${groupVersionKind(object).kind} ${nameOf(object)}`,
    text: formatValue(object),
  }));
  if (keys.size === 0) return objects;
  const namespaces = [...namespacesOf(all)].map(([name, object]) => ({
    title: `Namespace ${name}`,
    text: formatValue(
      Object.entries(labelsOf(object))
        .filter(([key]) => keys.has(key))
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    ),
  }));
  return [...objects, ...namespaces];
}

function isPolicy({ object }: Resource): boolean {
  const { group, kind } = groupVersionKind(object);
  return group === 'admissionregistration.k8s.io' && kind.startsWith('ValidatingAdmissionPolicy');
}

/** Whether an object is a parameter that a binding names, or chooses by its labels. */
function parameterOf(policies: readonly Resource[]): (resource: Resource) => boolean {
  const kinds = mappingsAt(policies, ['spec', 'paramKind']);
  const refs = mappingsAt(policies, ['spec', 'paramRef']);
  const isMeant = (object: Mapping): boolean =>
    refs.some(({ name, selector }) =>
      typeof name === 'string' ? nameOf(object) === name : matchesSelector(selector, labelsOf(object)),
    );
  return ({ object }) => kinds.some(({ kind }) => kind === object['kind']) && isMeant(object);
}

/** The labels that policies and bindings choose namespaces by. */
function namespaceKeys(policies: readonly Resource[]): ReadonlySet<string> {
  const selectors = ['matchConstraints', 'matchResources'].flatMap((field) =>
    mappingsAt(policies, ['spec', field, 'namespaceSelector']),
  );
  return new Set(
    selectors.flatMap(({ matchLabels, matchExpressions }) => [
      ...(isMapping(matchLabels) ? Object.keys(matchLabels) : []),
      ...(isSequence(matchExpressions) ? matchExpressions.flatMap(keyIn) : []),
    ]),
  );
}

function mappingsAt(resources: readonly Resource[], path: readonly string[]): Mapping[] {
  return resources.map(({ object }) => valueAt(object, path)).filter(isMapping);
}

function keyIn(expression: Value): string[] {
  const key = isMapping(expression) ? expression['key'] : undefined;
  return typeof key === 'string' ? [key] : [];
}
