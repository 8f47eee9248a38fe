import type { Mapping } from '../../source/value.ts';
import { optionalText, struct, text, texts } from '../validation/fields.ts';
import { refuse, type Update } from './update.ts';

const once = 'must not change once it is set';

/** What is set once by who makes the node. */
export function validateNodeUpdate(update: Update): void {
  const old = struct(update.old, 'spec');
  const next = struct(update.next, 'spec');
  const before = ranges(old);
  const after = ranges(next);
  if (
    before.length > 0 &&
    (before.length !== after.length || before.some((range, at) => range !== after[at]))
  )
    refuse(update, 'Forbidden', { path: ['spec', 'podCIDRs'], detail: once });
  const provider = text(old, 'providerID');
  if (provider !== '' && provider !== (optionalText(next, 'providerID') ?? ''))
    refuse(update, 'Forbidden', { path: ['spec', 'providerID'], detail: once });
}

/** The older field stands for the first of the list, where the two differ for all of it. */
function ranges(spec: Mapping | undefined): readonly string[] {
  const list = texts(spec, 'podCIDRs');
  const first = text(spec, 'podCIDR');
  return first === '' || first === list[0] ? list : [first];
}
