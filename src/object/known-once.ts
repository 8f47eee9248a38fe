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
