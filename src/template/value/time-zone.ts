/** Where a clock stands, as seconds east of Greenwich, and what Go calls the place. */
export interface TimeZone {
  /** Empty where only its offset is known. */
  readonly name: string;
  readonly offset: number;
  /** What `%#v` prints of it. */
  readonly goSyntax: string;
}

export const utc: TimeZone = { name: 'UTC', offset: 0, goSyntax: 'time.UTC' };

/** The zone of the machine, which is UTC wherever controllers run. */
export const localZone: TimeZone = { ...utc, goSyntax: 'time.Local' };

export function fixedZone(name: string, offset: number): TimeZone {
  return { name, offset, goSyntax: `time.Location(${JSON.stringify(name)})` };
}

/** A zone of the time zone database as it is at a moment; UTC for what is none (time.LoadLocation). */
export function zoneAt(name: string, seconds: number): TimeZone {
  if (name === 'Local') return localZone;
  if (!/^[A-Za-z]\w*(?:[/+-]\w+)*$/u.test(name) || Math.abs(seconds) > 8.64e12) return utc;
  const offset = offsetAt(name, seconds);
  return offset === undefined ? utc : fixedZone(abbreviationOf(name, seconds) ?? shortOffset(offset), offset);
}

function offsetAt(name: string, seconds: number): number | undefined {
  const text = namePart(name, seconds, 'en-US', 'longOffset');
  if (text === undefined) return undefined;
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d+):(\d+)/u.exec(text) ?? [];
  const size = Number(hours) * 3600 + Number(minutes) * 60;
  return sign === '-' ? -size : size;
}

// Each kind of English knows the letters of the zones around it.
const languages = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-NZ', 'en-ZA'];

function abbreviationOf(name: string, seconds: number): string | undefined {
  for (const language of languages) {
    const text = namePart(name, seconds, language, 'short');
    if (text !== undefined && /^[A-Z]{3,5}$/u.test(text)) return text;
  }
  return undefined;
}

function shortOffset(offset: number): string {
  const minutes = Math.abs(offset) / 60;
  const two = (value: number): string => String(Math.trunc(value)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(minutes / 60)}${minutes % 60 === 0 ? '' : two(minutes % 60)}`;
}

function namePart(
  timeZone: string,
  seconds: number,
  language: string,
  timeZoneName: 'short' | 'longOffset',
): string | undefined {
  try {
    const format = new Intl.DateTimeFormat(language, { timeZone, timeZoneName });
    return format.formatToParts(new Date(seconds * 1000)).find(({ type }) => type === 'timeZoneName')?.value;
  } catch {
    return undefined;
  }
}
