import { ownOf } from '../../source/own.ts';
import { compileRe2 } from '../../source/re2.ts';

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

// What stands for a part of a time in a layout of Go, the longer ones first.
const parts =
  /January|Jan|Monday|Mon|MST|2006|-07:00|-0700|-07|Z07:00|Z0700|01|02|03|04|05|06|002|15|PM|pm|_2|\.0+|\.9+|1|2|3|4|5/gu;

const two = (value: number): string => String(value).padStart(2, '0');

/** Seconds since 1970 in a layout of Go's time package, in UTC. */
export function formatTime(layout: string, seconds: number): string {
  const date = new Date(seconds * 1000);
  return layout.replaceAll(parts, (part) => formatPart(part, date));
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
    case 'MST':
      return 'UTC';
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
    case '-07:00':
      return '+00:00';
    case '-0700':
      return '+0000';
    case '-07':
      return '+00';
    case 'Z07:00':
    case 'Z0700':
      return 'Z';
    default:
      return part.startsWith('.0') ? part : '';
  }
}

const patterns: Readonly<Record<string, string>> = {
  '2006': '(?P<year>\\d{4})',
  '01': '(?P<month>\\d{2})',
  '1': '(?P<month>\\d{1,2})',
  '02': '(?P<day>\\d{2})',
  '2': '(?P<day>\\d{1,2})',
  '15': '(?P<hour>\\d{2})',
  '04': '(?P<minute>\\d{2})',
  '05': '(?P<second>\\d{2})',
  MST: '[A-Z]{3,4}',
  'Z07:00': '(?:Z|[+-]\\d{2}:\\d{2})',
};

/** The seconds since 1970 of a text in a layout; undefined where it is in none that is known here. */
export function parseTime(layout: string, text: string): number | undefined {
  let pattern = '';
  const names = new Set<string>();
  let at = 0;
  for (const { 0: part, index } of layout.matchAll(parts)) {
    const own = ownOf(patterns, part);
    if (own === undefined) return undefined;
    pattern += escapePattern(layout.slice(at, index)) + own;
    names.add(/P<(\w+)>/u.exec(own)?.[1] ?? '');
    at = index + part.length;
  }
  const matcher = compileRe2(`^${pattern}${escapePattern(layout.slice(at))}$`).matcher(text);
  if (!matcher.matches()) return undefined;
  const part = (name: string, missing: number): number =>
    names.has(name) ? Number(matcher.group(name) ?? missing) : missing;
  const [month, day] = [part('month', 1), part('day', 1)];
  const [hour, minute, second] = [part('hour', 0), part('minute', 0), part('second', 0)];
  return Date.UTC(part('year', 0), month - 1, day, hour, minute, second) / 1000;
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}
