import { localZone, type TimeZone } from './time-zone.ts';

export const months =
  'January February March April May June July August September October November December'.split(' ');
export const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

// What stands for a part of a time in a layout of Go, the longer ones first.
export const timeParts =
  /January|Jan|Monday|Mon|MST|2006|-07:00:00|-07:00|-070000|-0700|-07|Z07:00:00|Z07:00|Z070000|Z0700|Z07|01|02|03|04|05|06|002|15|PM|pm|_2|[.,](?:0+|9+)(?!\d)|1|2|3|4|5/gu;

/** Seconds since 1970, what of a second is behind them, and the clock that they are read from. */
export interface Moment {
  readonly seconds: number;
  readonly nanoseconds?: bigint | undefined;
  readonly zone?: TimeZone | undefined;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** A moment in a layout of Go's time package. */
export function formatTime(layout: string, moment: Moment): string {
  const { seconds, nanoseconds = 0n, zone = localZone } = moment;
  const date = new Date((seconds + zone.offset) * 1000);
  return layout.replaceAll(timeParts, (part) => {
    if (part === 'MST') return zone.name || formatOffset('-0700', zone.offset);
    if (/^[-Z]/u.test(part)) return formatOffset(part, zone.offset);
    return /^[.,]/u.test(part) ? formatFraction(part, nanoseconds) : formatPart(part, date);
  });
}

function formatOffset(part: string, offset: number): string {
  if (part.startsWith('Z') && offset === 0) return 'Z';
  const [size, colon] = [Math.abs(offset), part.includes(':') ? ':' : ''];
  const pieces = [size / 3600, (size / 60) % 60, size % 60].map((one) => two(Math.trunc(one)));
  const count = Math.floor((part.replaceAll(':', '').length - 1) / 2);
  return (offset < 0 ? '-' : '+') + pieces.slice(0, count).join(colon);
}

function formatFraction(part: string, nanoseconds: bigint): string {
  const digits = String(nanoseconds)
    .padStart(9, '0')
    .slice(0, part.length - 1);
  if (part[1] === '0') return part.slice(0, 1) + digits.padEnd(part.length - 1, '0');
  const kept = digits.replace(/0+$/u, '');
  return kept === '' ? '' : part.slice(0, 1) + kept;
}

function formatPart(part: string, date: Date): string {
  const hour = date.getUTCHours();
  switch (part) {
    case 'January':
      return months[date.getUTCMonth()] ?? '';
    case 'Jan':
      return (months[date.getUTCMonth()] ?? '').slice(0, 3);
    case 'Monday':
      return days[date.getUTCDay()] ?? '';
    case 'Mon':
      return (days[date.getUTCDay()] ?? '').slice(0, 3);
    case '2006':
      return String(date.getUTCFullYear()).padStart(4, '0');
    case '06':
      return two(date.getUTCFullYear() % 100);
    case '01':
      return two(date.getUTCMonth() + 1);
    case '1':
      return String(date.getUTCMonth() + 1);
    case '02':
      return two(date.getUTCDate());
    case '_2':
      return String(date.getUTCDate()).padStart(2, ' ');
    case '2':
      return String(date.getUTCDate());
    case '002':
      return String(
        Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1,
      ).padStart(3, '0');
    case '15':
      return two(hour);
    case '03':
      return two(hour % 12 || 12);
    case '3':
      return String(hour % 12 || 12);
    case '04':
      return two(date.getUTCMinutes());
    case '4':
      return String(date.getUTCMinutes());
    case '05':
      return two(date.getUTCSeconds());
    case '5':
      return String(date.getUTCSeconds());
    case 'PM':
      return hour < 12 ? 'AM' : 'PM';
    case 'pm':
      return hour < 12 ? 'am' : 'pm';
    default:
      return '';
  }
}

/** A moment as Go's `%#v` writes it. */
export function goSyntaxOfTime(moment: Moment): string {
  const { nanoseconds = 0n, zone = localZone } = moment;
  const fields = formatTime('2006, time.January, 2, 15, 4, 5', moment).replaceAll(/\b0+(?=\d)/gu, '');
  return `time.Date(${fields}, ${nanoseconds}, ${zone.goSyntax})`;
}
