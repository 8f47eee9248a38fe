import type { ObjectType } from './facts.ts';
import { typeNameOf } from './facts.ts';
import { goFieldsText } from './go-fields-data.ts';

/**
 * How Go writes a field whose value is zero: `*` keeps it where somebody wrote it (a pointer), `!` writes it always, `?` writes
 * null where nothing stands; without a mark it is left out.
 */
export type ZeroMark = '*' | '!' | '?';

const none: ReadonlyMap<string, ZeroMark> = new Map();
const byName = new Map<string, ReadonlyMap<string, ZeroMark>>();
let isRead = false;

/** The marks of the fields of a built-in type, by the struct tags of k8s.io/api. */
export function zeroMarksOf(type: ObjectType): ReadonlyMap<string, ZeroMark> {
  if (!isRead) read();
  return byName.get(typeNameOf(type)) ?? none;
}

function read(): void {
  isRead = true;
  for (const line of goFieldsText.split('\n')) {
    const [name = '', ...fields] = line.split(' ');
    byName.set(
      name,
      new Map(fields.map((field) => [field.slice(0, -1), field.slice(-1) as ZeroMark] as const)),
    );
  }
}
