import { knownBeside } from '../../object/known-once.ts';
import { labelsOf } from '../../object/label-match.ts';
import { nameOf, namespaceOf } from '../../object/resource.ts';
import { equalValues, type Mapping, type Path } from '../../source/value.ts';
import { takesLabels } from './match.ts';
import type { CompiledPolicy, Param, PolicyBinding } from './policy.ts';
import type { Target } from './target.ts';

/** Where parameters may come from: what reaches the cluster with the objects that are judged, and what other builds bring. */
export interface ParamSources {
  readonly own: readonly Mapping[];
  readonly elsewhere: readonly Mapping[];
}

/** The policy with the parameters that its bindings name; of two objects of one name those of the own build count. */
export function resolveParams(policy: CompiledPolicy, sources: ParamSources): CompiledPolicy {
  if (policy.bindings.every(({ paramRef }) => paramRef === undefined)) return policy;
  const bindings = policy.bindings.map((binding) =>
    // The configuration has the last word.
    binding.params.length > 0 ? binding : { ...binding, params: paramsOf(policy, binding, sources) },
  );
  const named = bindings.map(({ params }) =>
    params.flatMap(({ namespace, alternatives }) => [namespace, ...alternatives]),
  );
  const beside = named.flatMap((one) => [one.length, ...one]);
  return withParams(policy, beside, () => ({ ...policy, bindings }));
}

// The same one for all that bring the same parameters, which are mostly none.
const withParams = knownBeside<CompiledPolicy, CompiledPolicy>();

function paramsOf(
  { paramKind }: CompiledPolicy,
  { paramRef }: PolicyBinding,
  { own, elsewhere }: ParamSources,
): Param[] {
  if (paramKind === undefined || paramRef === undefined) return [];
  const isMeant = (object: Mapping): boolean => isOfKind(object, paramKind) && isNamed(object, paramRef);
  const found = new Map<string, Param>();
  // Of a change those of its base come first.
  for (const object of own.filter(isMeant))
    if (!found.has(keyOf(object)))
      found.set(keyOf(object), { namespace: namespaceOf(object), alternatives: [object] });
  const isOwn = new Set(found.keys());
  for (const object of elsewhere.filter(isMeant)) {
    if (isOwn.has(keyOf(object))) continue;
    const known = found.get(keyOf(object));
    if (known === undefined)
      found.set(keyOf(object), { namespace: namespaceOf(object), alternatives: [object] });
    else if (!known.alternatives.some((other) => equalValues(other, object)))
      found.set(keyOf(object), { ...known, alternatives: [...known.alternatives, object] });
  }
  return [...found.values()];
}

function keyOf(object: Mapping): string {
  return JSON.stringify([namespaceOf(object), nameOf(object)]);
}

/** Whether an object is of the kind that a policy takes its parameters from. */
export function isOfKind(object: Mapping, { apiVersion, kind }: Mapping): boolean {
  return object['apiVersion'] === apiVersion && object['kind'] === kind;
}

/** What names no namespace gets one when it is applied. */
export function isNamed(object: Mapping, { name, namespace, selector }: Mapping): boolean {
  if (typeof namespace === 'string' && !['', namespace].includes(namespaceOf(object))) return false;
  return typeof name === 'string' ? nameOf(object) === name : takesLabels(selector, labelsOf(object));
}

/** The parameters with which a binding judges an object: without a namespace in paramRef, those in the namespace of the object. */
export function paramsFor({ paramRef, params }: PolicyBinding, target: Target): readonly Param[] {
  if (typeof paramRef?.['namespace'] === 'string') return params;
  // Namespaced parameters cannot be those of an object without a namespace: the server calls the binding misconfigured.
  return params.filter(({ namespace }) => namespace === '' || namespace === paramNamespace(target));
}

/** Where parameters are looked for if the binding does not say: a Namespace counts as one of its own objects. */
export function paramNamespace({ group, kind, name, namespace }: Target): string {
  return group === '' && kind === 'Namespace' ? name : namespace;
}

/** Where a binding names its parameters. */
export function paramRefPath({ paramRef }: PolicyBinding): Path {
  const part = ['name', 'selector'].find((key) => paramRef?.[key] !== undefined);
  return ['spec', 'paramRef', ...(part === undefined ? [] : [part])];
}
