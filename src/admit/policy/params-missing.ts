import { valueText } from '../../source/value-text.ts';
import type { CompiledPolicy, PolicyBinding } from './policy.ts';

/** What is said of a binding whose parameters nothing brings, and what failurePolicy makes of it; without a namespace, of the whole binding. */
export function paramsMissing(
  { name, paramKind, failurePolicy }: CompiledPolicy,
  { name: bindingName, paramRef }: PolicyBinding,
  namespace?: string,
): { readonly message: string; readonly help: string } {
  const wanted = `${valueText(paramKind?.['kind'])}${typeof paramRef?.['name'] === 'string' ? ` ${paramRef['name']}` : ' that its selector takes'}`;
  const given = paramRef?.['namespace'];
  const place = typeof given === 'string' ? given : namespace;
  const where = place === undefined || place === '' ? '' : ` in namespace ${place}`;
  const fate =
    failurePolicy === 'Ignore'
      ? 'failurePolicy: Ignore lets every object pass unjudged'
      : 'failurePolicy: Fail refuses every object that it matches';
  return {
    message: `policy ${name} has no params by binding ${bindingName}: nothing here brings a ${wanted}${where}`,
    help: `add it, or write parameterNotFoundAction: Allow; ${fate}`,
  };
}
