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

function ranges(spec: Parameters<typeof texts>[0]): readonly string[] {
  const list = texts(spec, 'podCIDRs');
  return list.length === 0 && text(spec, 'podCIDR') !== '' ? [text(spec, 'podCIDR')] : list;
}
