import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { objectPlace } from '../object/object-place.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import type { Sources } from '../source/load.ts';
import type { Tree } from '../survey/tree.ts';

const ofFields: ReadonlySet<string> = new Set([
  'invalid-value',
  'required-field-missing',
  'unknown-field',
  'wrong-type',
]);

/** What the values of many charts say to install CRDs. */
const installsCrds =
  /^\s*(?:createCRDs?|installCRDs?):\s*true\s*$|^\s*crds:\s*\n\s+(?:create|enabled|install):\s*true\s*$/imu;

/**
 * Tells what is wrong with an object by a CRD of the repository that a chart brings as well: one that is not here, is named as the group of the CRD
 * begins, and has values that tell it to install its CRDs. The cluster has the one that was applied last.
 */
export function isOfCrdDefinedTwiceIn(
  { clusters }: Pick<Tree, 'clusters'>,
  sources: Sources,
): (diagnostic: Diagnostic) => boolean {
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations);
  const says = new Map<string, boolean>();
  const isBroughtBy = (name: string): boolean => {
    const known = says.get(name);
    if (known !== undefined) return known;
    const said = owners.some((one) => one.name === name && bringsCrds(one, sources));
    says.set(name, said);
    return said;
  };
  return ({ rule, object }) => {
    const [group = '', version] = object?.apiVersion?.split('/') ?? [];
    return ofFields.has(rule) && version !== undefined && isBroughtBy(group.split('.')[0] ?? '');
  };
}

function bringsCrds({ notRendered, build, declaration }: Reconciliation, { file }: Sources): boolean {
  if (notRendered.length === 0) return false;
  const own = declaration === undefined ? undefined : objectPlace(declaration)?.file;
  const files = new Set([...build.inputs, ...(own === undefined ? [] : [own])]);
  return [...files].some((path) => installsCrds.test(file(path)?.text ?? ''));
}
