import { untrackedParts } from '../../object/made-value.ts';
import { isTrueAt, mappingAt, mappingsAt, textAt } from '../../object/object-field.ts';
import { mappingOf, namedOrigin, setKey, type Tracked, untracked } from '../../object/provenance.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { type Mapping, newMapping } from '../../source/value.ts';
import type { FindObject } from './variables.ts';

/** The sets of inputs that a ResourceSet is filled in with, and what keeps some of them from being known. */
export interface ResourceSetInputs {
  readonly sets: readonly Tracked<Mapping>[];
  readonly unknown: readonly string[];
  /** What is more than a limit. */
  readonly tooMuch?: string;
}

/** What one object provides: the ResourceSet itself, or a ResourceSetInputProvider. */
interface Provided {
  readonly name: string;
  readonly sets: readonly Tracked<Mapping>[];
}

/** The operator refuses more. */
const maximumPermutations = 10_000;

/** The inputs of a ResourceSet, combined by its strategy (flux-operator 0.58, internal/inputs). */
export function inputsOf(declaration: Resource, find: FindObject): ResourceSetInputs {
  const { object } = declaration;
  const namespace = namespaceOf(object);
  const unknown: string[] = [];
  const references = mappingsAt(declaration, 'spec', 'inputsFrom').map(({ item }) =>
    textAt(item.value, 'name'),
  );
  const providers = [...new Set(references)].sort().flatMap((name): Provided[] => {
    const provider = name === undefined ? undefined : find('ResourceSetInputProvider', namespace, name);
    if (provider !== undefined && textAt(provider.object, 'spec', 'type') === 'Static')
      return [{ name: nameOf(provider.object), sets: [withProvider(staticInputs(provider), provider)] }];
    unknown.push(`the output of ResourceSetInputProvider ${name ?? 'with these labels'}`);
    return [];
  });
  const own = mappingsAt(declaration, 'spec', 'inputs').map(({ item }) =>
    withProvider({ ...item, origin: namedOrigin('inputs', item.origin) }, declaration),
  );
  const all = [{ name: nameOf(object), sets: own }, ...providers];
  const strategy = textAt(object, 'spec', 'inputStrategy', 'name') ?? 'Flatten';
  if (strategy === 'Permute') {
    if (unknown.length > 0) return { sets: [], unknown };
    const includesEmpty = isTrueAt(object, 'spec', 'inputStrategy', 'includeEmptyProviders');
    const permuted = permute(includesEmpty ? all : all.filter(({ sets }) => sets.length > 0), declaration);
    if (permuted === undefined) return { sets: [], unknown, tooMuch: 'more than 10,000 permutations' };
    return { sets: orNothing(permuted, declaration, references.length > 0), unknown };
  }
  if (strategy !== 'Flatten') return { sets: [], unknown: [`the input strategy ${strategy}`] };
  return {
    sets: orNothing(
      all.flatMap(({ sets }) => sets),
      declaration,
      references.length > 0,
    ),
    unknown,
  };
}

/** Without inputs a ResourceSet is filled in once, unless providers were to bring some. */
function orNothing(
  sets: readonly Tracked<Mapping>[],
  { origin }: Resource,
  hasProviders: boolean,
): readonly Tracked<Mapping>[] {
  return sets.length === 0 && !hasProviders ? [mappingOf([], origin)] : sets;
}

/** The operator makes the id of a static provider from the object's UID; that of its name stands in for it. */
function staticInputs(provider: Resource): Tracked<Mapping> {
  const { object, origin } = provider;
  const defaults = mappingAt(provider, 'spec', 'defaultValues') ?? mappingOf([], origin);
  const own = { value: defaults.value, origin: namedOrigin('inputs', defaults.origin) };
  return setKey(own, 'id', { value: identifierOf(nameOf(object)), origin: untracked });
}

function withProvider(inputs: Tracked<Mapping>, { object, origin }: Resource): Tracked<Mapping> {
  const { apiVersion = '', kind = '' } = object;
  const about = { apiVersion, kind, name: nameOf(object), namespace: namespaceOf(object) };
  return setKey(inputs, 'provider', untrackedParts(Object.assign(newMapping(), about), origin));
}

/** Each set of each provider with each of the others, under the names of the providers; undefined for too many (permuter.go). */
function permute(providers: readonly Provided[], { origin }: Resource): Tracked<Mapping>[] | undefined {
  if (providers.length === 0) return [];
  const none = mappingOf([], origin);
  let partial: { readonly set: Tracked<Mapping>; readonly id: readonly string[] }[] = [{ set: none, id: [] }];
  for (const { name, sets } of providers) {
    if (partial.length * sets.length > maximumPermutations) return undefined;
    const key = keyForTemplate(name);
    partial = partial.flatMap(({ set, id }) =>
      sets.map((one, index) => ({ set: setKey(set, key, one), id: [...id, `${key}=${index}`] })),
    );
  }
  return partial.map(({ set, id }) =>
    setKey(set, 'id', { value: identifierOf(id.join('/')), origin: untracked }),
  );
}

/** `Git-Tags` becomes `git_tags` (NormalizeKeyForTemplate). */
function keyForTemplate(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[\s\p{P}]/gu, '_')
    .replaceAll(/[^a-z0-9_]/gu, '')
    .split('_')
    .filter((word) => word !== '')
    .join('_');
}

/** Adler-32 of a text, in decimals. */
function identifierOf(text: string): string {
  let [low, high] = [1, 0];
  for (const byte of new TextEncoder().encode(text)) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return String(high * 65_536 + low);
}
