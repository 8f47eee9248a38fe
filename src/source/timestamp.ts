const pattern =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt]| +)(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d\d:\d\d)?)?$/;

/** The RFC 3339 text of a YAML timestamp as Go's `time.Parse` reads it with go-yaml's four formats; undefined for others. */
export function readTimestamp(text: string): string | undefined {
  if (text.charCodeAt(4) !== 45) return undefined;
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [
    ,
    year = '',
    month = '',
    day = '',
    separator,
    hour = '0',
    minute = '0',
    second = '0',
    fraction,
    zone,
  ] = match;
  // Only the form with a space has no zone, and it has none at all.
  if (separator !== undefined && separator.startsWith(' ') !== (zone === undefined)) return undefined;
  if (!isDate(Number(year), Number(month), Number(day))) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const offset = readZone(zone);
  if (offset === undefined) return undefined;
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${nanoseconds(fraction)}${offset}`;
}

function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days;
}

function readZone(zone: string | undefined): string | undefined {
  if (zone === undefined || zone === 'Z' || zone.endsWith('00:00')) return 'Z';
  return Number(zone.slice(1, 3)) < 24 && Number(zone.slice(4)) < 60 ? zone : undefined;
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}

function nanoseconds(fraction: string | undefined): string {
  const digits = (fraction ?? '').slice(0, 9).replace(/0+$/, '');
  return digits === '' ? '' : `.${digits}`;
}
