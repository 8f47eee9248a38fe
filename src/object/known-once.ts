/** Finds something out once for each file, build or list of builds that it is asked for. */
export function knownOnce<Subject extends object, Found>(
  find: (subject: Subject) => Found,
): (subject: Subject) => Found {
  const known = new WeakMap<Subject, Found>();
  return (subject) => {
    let found = known.get(subject);
    if (found === undefined) {
      found = find(subject);
      known.set(subject, found);
    }
    return found;
  };
}

/** Finds something out once for each subject beside the same things, as far as it was asked for lately. */
export type KnownBeside<Subject extends object, Found> = (
  subject: Subject,
  beside: readonly unknown[],
  find: () => Found,
) => Found;

/** Remembers what is found of a subject, if it lasts; of more than `most` different surroundings the oldest is forgotten. */
export function knownBeside<Subject extends object, Found>(
  most = 4,
  lasts: (found: Found) => boolean = () => true,
): KnownBeside<Subject, Found> {
  const known = new WeakMap<Subject, { readonly beside: readonly unknown[]; readonly found: Found }[]>();
  return (subject, beside, find) => {
    const all = known.get(subject) ?? [];
    const same = all.find((one) => areSame(one.beside, beside));
    if (same !== undefined) return same.found;
    const found = find();
    if (!lasts(found)) return found;
    all.push({ beside, found });
    if (all.length > most) all.shift();
    known.set(subject, all);
    return found;
  };
}

/** Finds something out once for each list of the same things. */
export type KnownForList<Found> = (things: readonly unknown[], find: () => Found) => Found;

export interface KnownForRuns<Found> {
  readonly known: KnownForList<Found>;
  /** Begins a run; what none of the last few asked for is forgotten, since the things that it was found for are held with it. */
  begin(): void;
}

export function knownForRuns<Found>(mostRuns: number): KnownForRuns<Found> {
  let all: { readonly things: readonly unknown[]; readonly found: Found; run: number }[] = [];
  let run = 0;
  return {
    begin() {
      run += 1;
      all = all.filter((one) => run - one.run <= mostRuns);
    },
    known(things, find) {
      const same = all.find((one) => areSame(one.things, things));
      if (same !== undefined) {
        same.run = run;
        return same.found;
      }
      const found = find();
      all.push({ things, found, run });
      return found;
    },
  };
}

/** One list for all that hold the same things, for as long as somebody else holds it. */
export function sameLists<Thing>(): (list: readonly Thing[]) => readonly Thing[] {
  let known: WeakRef<readonly Thing[]>[] = [];
  return (list) => {
    known = known.filter((one) => one.deref() !== undefined);
    const same = known.map((one) => one.deref()).find((one) => one !== undefined && areSame(one, list));
    if (same !== undefined) return same;
    known.push(new WeakRef(list));
    return list;
  };
}

/** Whether two lists hold the same things, each being itself. */
export function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}
