export const months =
  'January February March April May June July August September October November December'.split(' ');
export const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

// What stands for a part of a time in a layout of Go, the longer ones first.
export const timeParts =
  /January|Jan|Monday|Mon|MST|2006|-07:00|-0700|-07|Z07:00|Z0700|01|02|03|04|05|06|002|15|PM|pm|_2|\.0+|\.9+|1|2|3|4|5/gu;

const two = (value: number): string => String(value).padStart(2, '0');

/** Seconds since 1970 in a layout of Go's time package, in UTC. */
export function formatTime(layout: string, seconds: number): string {
  const date = new Date(seconds * 1000);
  return layout.replaceAll(timeParts, (part) => formatPart(part, date));
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
