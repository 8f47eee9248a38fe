import type { MadeText } from '../source/made-text.ts';
import type { Mapping } from '../source/value.ts';
import {
  type MadeOrigin,
  mappingOf,
  type Origin,
  type TextSource,
  type Tracked,
  untracked,
} from './provenance.ts';

/** The origin of a value that a template made with these values. */
export function originOfMade(
  template: Origin,
  values: readonly Origin[],
  made?: MadeText<TextSource>,
): MadeOrigin | typeof untracked {
  if (template === untracked) return untracked;
  const known = values.filter((one) => one !== untracked);
  return { template, values: [...new Set(known)], ...(made === undefined ? {} : { made }) };
}

/** The same for a text, whose parts are told apart only once someone asks for them. */
export function originOfMadeText(
  template: Origin,
  values: readonly Origin[],
  partsOf: () => MadeText<TextSource> | undefined,
): Origin {
  const origin = originOfMade(template, values);
  if (origin === untracked) return untracked;
  let found: { readonly made: MadeText<TextSource> | undefined } | undefined;
  return {
    ...origin,
    get made() {
      found ??= { made: partsOf() };
      return found.made;
    },
  };
}

/** A template's text as it is once filled in. */
export function filledText({ value, origin }: Tracked<string>, made: MadeText<TextSource>): Tracked<string> {
  const values = made.stretches.flatMap((stretch) => stretch.source.values);
  const isSame = made.text === value && values.length === 0;
  return { value: made.text, origin: isSame ? origin : originOfMade(origin, values, made) };
}

/** A mapping of values that come from nowhere that could be shown, brought by the entry behind `origin`. */
export function untrackedParts(value: Mapping, origin: Origin): Tracked<Mapping> {
  return mappingOf(
    Object.keys(value).map((key) => [key, { value: value[key] ?? null, origin: untracked }]),
    origin,
  );
}
