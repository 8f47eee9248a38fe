import { isSameValue } from '../source/same-value.ts';
import type { Mapping } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { nameOf, namespaceOf } from './resource.ts';

/** Knows one object for all of the same content, whichever build renders them. */
export interface SameContents {
  /** The first that was seen of all with the content of an object, which may be itself. */
  firstOf(object: Mapping): Mapping;
  /** Begins a run; what none of the last few asked for is forgotten. */
  begin(): void;
}

/** Both revisions, a part and the whole. */
const mostRuns = 4;
/** Of so many contents under one name the one that was asked for longest ago is forgotten: each is held against all of them. */
const mostOfName = 8;

interface Known {
  readonly object: Mapping;
  run: number;
}

export function newSameContents(): SameContents {
  const byName = new Map<string, Known[]>();
  const firsts = new WeakMap<Mapping, Known>();
  let run = 0;
  return {
    begin() {
      run += 1;
      for (const [name, all] of byName) {
        const lately = all.filter((one) => run - one.run <= mostRuns);
        if (lately.length === 0) byName.delete(name);
        else byName.set(name, lately);
      }
    },
    firstOf(object) {
      const known = firsts.get(object) ?? knownLike(object, byName, run);
      firsts.set(object, known);
      known.run = run;
      return known.object;
    },
  };
}

function knownLike(object: Mapping, byName: Map<string, Known[]>, run: number): Known {
  const name = `${valueText(object['apiVersion'])} ${valueText(object['kind'])} ${namespaceOf(object)}/${nameOf(object)}`;
  const all = byName.get(name) ?? [];
  byName.set(name, all);
  const place = all.findLastIndex((one) => isSameValue(one.object, object));
  const [known = { object, run }] = place < 0 ? [] : all.splice(place, 1);
  all.push(known);
  if (all.length > mostOfName) all.shift();
  return known;
}
