const partPattern = /^[A-Za-z._0-9+-]{1,14}$/;

/** What is wrong with a time zone's name, as Go's zone database reads it: case counts. */
export function timeZoneProblem(name: string): string | undefined {
  if (name === '') return 'must not be empty';
  if (name.toLowerCase() === 'local') return 'must be the name of a time zone, not Local';
  const parts = name.split('/');
  if (!parts.every((part) => partPattern.test(part) && /^[A-Z]/.test(part)))
    return `there is no time zone ${JSON.stringify(name)}`;
  if (!isKnown(name)) return `there is no time zone ${JSON.stringify(name)}`;
  const canonical = canonicalSpelling(name);
  return canonical === undefined || canonical === name
    ? undefined
    : `there is no time zone ${JSON.stringify(name)}, only ${canonical}`;
}

function isKnown(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function canonicalSpelling(name: string): string | undefined {
  const lower = name.toLowerCase();
  return Intl.supportedValuesOf('timeZone').find((known) => known.toLowerCase() === lower);
}
