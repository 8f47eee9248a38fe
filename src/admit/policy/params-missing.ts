import { groupVersionKind } from '../../object/resource.ts';
import { isClusterScoped, namesOfKind } from '../../schema/kind-names.ts';
import type { Path } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { servedKind } from '../schema/served-kind.ts';
import { paramNamespace, paramRefPath } from './params.ts';
import type { CompiledPolicy, PolicyBinding } from './policy.ts';
import type { Target } from './target.ts';

/** What is said of a binding whose parameters nothing brings, and what failurePolicy makes of it; without a namespace, of the whole binding. */
export function paramsMissing(
  { name, paramKind, failurePolicy }: CompiledPolicy,
  { name: bindingName, paramRef }: PolicyBinding,
  namespace?: string,
): { readonly message: string; readonly help: string } {
  const wanted = `${valueText(paramKind?.['kind'])}${typeof paramRef?.['name'] === 'string' ? ` ${paramRef['name']}` : ' that its selector matches'}`;
  const given = paramRef?.['namespace'];
  const place = typeof given === 'string' ? given : namespace;
  const where = place === undefined || place === '' ? '' : ` in namespace ${place}`;
  return {
    message: `policy ${name} has no params for binding ${bindingName}: nothing here provides a ${wanted}${where}`,
    help: `add it, or write parameterNotFoundAction: Allow; ${fateBy(failurePolicy)}`,
  };
}

function fateBy(failurePolicy: CompiledPolicy['failurePolicy']): string {
  return failurePolicy === 'Ignore'
    ? 'failurePolicy: Ignore lets every object pass unchecked'
    : 'failurePolicy: Fail refuses every object that it matches';
}

/** What is said of parameters that the server cannot even look for, and at which line of the policy or the binding. */
export interface Misconfigured {
  readonly message: string;
  readonly help: string;
  readonly isOfPolicy: boolean;
  readonly path: Path;
}

/** The configuration errors of `CollectParams` and `ensureParamsForPolicyLocked` (k8s.io/apiserver 1.36), which `parameterNotFoundAction` does not allow. */
export function paramsMisconfigured(
  { name, paramKind, failurePolicy }: CompiledPolicy,
  binding: PolicyBinding,
  target: Target,
): Misconfigured | undefined {
  if (paramKind === undefined) return undefined;
  const { kinds } = target;
  const kind = valueText(paramKind['kind']);
  const served = servedKind(paramKind, kinds.facts, kinds.customKinds);
  if ('errors' in served && served.errors.every(({ gate }) => gate === undefined))
    return {
      message: `policy ${name} has no params: there is no kind ${kind} in ${valueText(paramKind['apiVersion'])}`,
      help: `correct paramKind; ${fateBy(failurePolicy)}`,
      isOfPolicy: true,
      path: ['spec', 'paramKind'],
    };
  if (binding.paramRef === undefined) return undefined;
  const gvk = groupVersionKind(paramKind);
  const start = `policy ${name} has no params for binding ${binding.name}: `;
  const isWithNamespace = (binding.paramRef['namespace'] ?? '') !== '';
  if (isWithNamespace && isClusterScoped(gvk, kinds.customKinds))
    return {
      message: `${start}a ${kind} has no namespace, but paramRef names one`,
      help: `remove namespace from paramRef; ${fateBy(failurePolicy)}`,
      isOfPolicy: false,
      path: ['spec', 'paramRef', 'namespace'],
    };
  const isOfCluster = paramNamespace(target) === '';
  if (!isWithNamespace && isOfCluster && namesOfKind(gvk, kinds.customKinds)?.namespaced === true)
    return {
      message: `${start}paramRef names no namespace, and the matched objects have none`,
      help: `name the namespace of the ${kind} in paramRef; ${fateBy(failurePolicy)}`,
      isOfPolicy: false,
      path: paramRefPath(binding),
    };
  return undefined;
}
