import { placesOfPlainSecrets, plainSecrets } from '../../credential/plain-secrets.ts';
import type { Stretch } from '../../credential/stretch.ts';
import { equalValues, isMapping, type Mapping, type Path, valueAt } from '../../source/value.ts';
import { catalogue } from './catalogue.ts';
import type { CompiledPolicy } from './policy.ts';

/** What is wrong with an object by one validation of a policy, and where. */
export interface Sight {
  readonly validation: number;
  readonly path: Path;
  readonly within: Stretch;
}

export type CloserLook = (object: Mapping) => readonly Sight[];

/**
 * Policies of the catalogue whose question needs more than CEL may cost in an API server: there they refuse what is certain,
 * here the same question is answered in full. What a look finds includes what the expressions do.
 */
const looks: ReadonlyMap<string, CloserLook> = new Map([['secret-in-plain-text', plainSecrets]]);
const places: ReadonlyMap<CloserLook, readonly Path[]> = new Map([[plainSecrets, placesOfPlainSecrets]]);

const known = new WeakMap<CompiledPolicy, CloserLook | false>();

/** The look that goes with a policy; none where the repository has a policy of the name that asks something else. */
export function closerLook(policy: CompiledPolicy): CloserLook | undefined {
  let look = known.get(policy);
  if (look === undefined) {
    const named = looks.get(policy.name);
    look = named !== undefined && isOfCatalogue(policy) ? named : false;
    known.set(policy, look);
  }
  return look === false ? undefined : look;
}

/** Where in objects the look that goes with a policy looks; any number stands for all items. */
export function placesOfLook(policy: CompiledPolicy): readonly Path[] {
  const look = closerLook(policy);
  return look === undefined ? [] : (places.get(look) ?? [[]]);
}

function isOfCatalogue({ name, object }: CompiledPolicy): boolean {
  const documents = catalogue.find(({ id }) => id === name)?.documents;
  const [own] = documents === undefined ? [] : (JSON.parse(documents) as Mapping[]);
  return (
    isMapping(own) &&
    ['variables', 'validations'].every((field) =>
      equalValues(valueAt(object, ['spec', field]), valueAt(own, ['spec', field])),
    )
  );
}
