import { listSome } from '../diagnostic/list-some.ts';
import { plural } from '../diagnostic/plural.ts';
import type { Coverage, LeftOut, LeftOutPlace, LoweredFindings } from './report.ts';

/** What was found and not judged, and what is no error because evidence is lacking, one line for each reason; `show` writes a path. */
export function leftOutLines(
  { leftOut = [], lowered = [] }: Coverage,
  show: (path: string) => string,
): string[] {
  return [...leftOut.map((one) => `${one.why}: ${leftOutWords(one, show)}`), ...lowered.map(loweredWords)];
}

/** `2 findings are warnings, because nothing in the repository shows that it is applied as written`. */
export function loweredWords({ findings, why }: LoweredFindings): string {
  return `${plural(findings, 'finding')} ${findings === 1 ? 'is a warning' : 'are warnings'}, because ${why}`;
}

/** `3 objects: a.yaml (2), b.yaml (1)`, as far as they are counted; the places with most of them first. */
export function leftOutWords({ places }: LeftOut, show: (path: string) => string): string {
  const sum = places.reduce((total, { objects }) => total + objects, 0);
  const more = places.some((place) => place.isPart === true) ? ' or more' : '';
  const names = listSome(places.map((place) => placeWords(place, show)));
  return sum === 0 ? names : `${plural(sum, 'object')}${more}: ${names}`;
}

function placeWords({ path, objects, isPart }: LeftOutPlace, show: (path: string) => string): string {
  if (objects === 0) return show(path);
  return `${show(path)} (${objects}${isPart === true ? ' or more' : ''})`;
}
