import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import type { Document, LoadedFile, Reader } from '../source/document.ts';
import {
  decodedMade,
  endOfStretch,
  joinMade,
  type MadeText,
  madeText,
  type Stretch,
  sliceMade,
  stretchesIn,
} from '../source/made-text.ts';
import { parseDocuments } from '../source/parse.ts';
import { keyAt, type Positions, stride } from '../source/position.ts';
import { decodeWithOffsets, placesOf, type TextPlaces } from '../source/scalar-offsets.ts';
import { isMapping, isSequence, type Value } from '../source/value.ts';
import { originOfMade, originOfMadeText } from './made-value.ts';
import {
  locateField,
  mappingOf,
  type Origin,
  originWhenAsked,
  type StepKind,
  setItems,
  type TextSource,
  type Tracked,
  unknownOf,
  untracked,
} from './provenance.ts';

/** What a made text says, each value with the lines of the templates and the values that made it. */
export interface MadeDocuments {
  readonly documents: readonly Tracked[];
  /** Of syntax; they stand where the template does. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a made text as a file; `path` names it where no template does. */
export function readMadeText(made: MadeText<TextSource>, path: string, reader: Reader): MadeDocuments {
  return trackMadeText(made, parseDocuments({ path, text: made.text }, reader));
}

/** The same for a text that was parsed before; with `open`, stand-ins become `${NAME}` in values and are noted there. */
export function trackMadeText(
  made: MadeText<TextSource>,
  { documents, diagnostics }: Pick<LoadedFile, 'documents' | 'diagnostics'>,
  open?: Set<string>,
): MadeDocuments {
  const placeOf = knownPlaces();
  const opening = { made, placeOf, open: namesIn(made.stretches).length === 0 ? undefined : open };
  return {
    documents: documents.map((document) => trackDocument(document, opening)),
    diagnostics: diagnostics.map((one) => moveDiagnostic(one, made, placeOf)),
  };
}

/** Where the text of a template stands, and the step it makes. */
interface TemplatePlace extends TextPlaces {
  readonly by: StepKind;
}

type PlaceOf = (source: TextSource) => TemplatePlace | undefined;

function knownPlaces(): PlaceOf {
  const known = new Map<Origin, TemplatePlace | undefined>();
  return (source) => {
    if (!known.has(source.template)) known.set(source.template, placeTemplate(source));
    return known.get(source.template);
  };
}

function placeTemplate({ template, text }: TextSource): TemplatePlace | undefined {
  const { span, steps } = locateField({ value: text, origin: template }, []);
  const by = steps.at(-1)?.by;
  const places = span === undefined ? undefined : placesOf(span, text);
  return places === undefined || by === undefined ? undefined : { ...places, by };
}

interface Tracking {
  readonly made: MadeText<TextSource>;
  readonly positions: Positions;
  readonly originAt: (row: number) => Origin | undefined;
  readonly open: Set<string> | undefined;
}

function trackDocument(
  document: Document,
  { made, placeOf, open }: Pick<Tracking, 'made' | 'open'> & { readonly placeOf: PlaceOf },
): Tracked {
  const { positions } = document;
  const tables = new Map<TemplatePlace, Positions>();
  const keys = keysOf(positions);
  const originAt = (row: number): Origin | undefined => {
    const start = Math.min(startOf(positions, row), made.text.length - 1);
    const [first] = stretchesIn(made, start, start + 1);
    const place = first === undefined ? undefined : placeOf(first.source);
    if (place === undefined) return first?.source.template;
    const table = tables.get(place) ?? movedTo(place, positions, { made, placeOf, keys });
    tables.set(place, table);
    return { by: place.by, positions: table, index: row };
  };
  const tracked = (): Tracked => track(document.value, 0, { made, positions, originAt, open });
  if (open !== undefined) return tracked();
  return { value: document.value, origin: originWhenAsked(() => tracked().origin) };
}

/** What was put into some stretches; last what can be changed here, and of what cannot whoever is told of it. */
function valuesOf(stretches: readonly Stretch<TextSource>[]): Origin[] {
  const isOpen = ({ source }: Stretch<TextSource>): boolean => source.told === undefined;
  const [open, closed] = [stretches.filter(isOpen), stretches.filter((one) => !isOpen(one))];
  const values = [...closed, ...open].flatMap(({ source }) => source.values).filter(isKnown);
  return open.length > 0 ? values : [...values, ...(closed[0]?.source.told ?? [])];
}

function isKnown(origin: Origin): boolean {
  return unknownOf(origin) === undefined;
}

function originIn(own: Origin, stretches: readonly Stretch<TextSource>[]): Origin {
  const values = valuesOf(stretches);
  return values.length === 0 ? own : originOfMade(own, values);
}

function keysOf(positions: Positions): Map<number, string> {
  const keys = new Map<number, string>();
  for (let row = 0; row * stride < positions.nodes.length; row++) {
    const key = keyAt(positions, row);
    if (key !== undefined) keys.set(row, key);
  }
  return keys;
}

interface Moving {
  readonly made: MadeText<TextSource>;
  readonly placeOf: PlaceOf;
  readonly keys: ReadonlyMap<number, string>;
}

/** The table of a document with all that stands in one template where it stands there. */
function movedTo(place: TemplatePlace, { nodes }: Positions, { made, placeOf, keys }: Moving): Positions {
  const moved = nodes.slice();
  const move = (row: number, start: number, end: number): void => {
    const [first] = stretchesIn(made, start, start + 1);
    const last = stretchesIn(made, Math.max(start, end - 1), Math.max(start, end - 1) + 1)[0];
    const isHere = first !== undefined && placeOf(first.source) === place;
    const from = isHere ? placeIn(first, start, 'start') : 0;
    const to = last !== undefined && placeOf(last.source) === place ? placeIn(last, end, 'end') : from;
    moved[row] = place.start(from);
    moved[row + 1] = place.end(from, Math.max(from, to));
  };
  for (let at = 0; at < nodes.length; at += stride) {
    if ((nodes[at] ?? -1) >= 0) move(at, nodes[at] ?? 0, nodes[at + 1] ?? 0);
    move(at + 2, nodes[at + 2] ?? 0, nodes[at + 3] ?? 0);
  }
  return { file: place.file, nodes: moved, keys };
}

/** Where a character of a stretch, or the end of one, stands in the template's text. */
function placeIn({ start, at, source }: Stretch<TextSource>, offset: number, end: 'start' | 'end'): number {
  if (at !== undefined) return at + offset - start;
  return source.part?.[end] ?? 0;
}

function track(value: Value, row: number, tracking: Tracking): Tracked {
  const { made, positions, originAt, open } = tracking;
  const [start, end] = [startOf(positions, row), endOf(positions, row)];
  const own = originAt(row);
  const stretches = stretchesIn(made, start, end);
  const [first] = stretches;
  if (own === undefined || first === undefined) return { value, origin: own ?? untracked };
  if (stretches.every((one) => one.at !== undefined && one.source === first.source))
    return { value, origin: originIn(own, stretches) };
  const origin = originIn(own, [first]);
  if (isMapping(value) && Object.keys(value).length > 0) {
    const parts = childRows(positions, row).flatMap((child): [string, Tracked][] => {
      const key = keyAt(positions, child);
      return key === undefined || !Object.hasOwn(value, key)
        ? []
        : [[key, track(value[key] ?? null, child, tracking)]];
    });
    return mappingOf(parts, origin);
  }
  if (isSequence(value) && value.length > 0)
    return setItems(
      { value: [], origin },
      childRows(positions, row).map((child, index) => track(value[index] ?? null, child, tracking)),
    );
  const values = valuesOf(stretches);
  if (open !== undefined && start < end && namesIn(stretches).length > 0) {
    const opened = openText(textOf(value, made, start, end), stretches, open);
    return { value: opened.text, origin: values.length === 0 ? own : originOfMade(own, values, opened) };
  }
  if (values.length === 0) return { value, origin: own };
  return { value, origin: originOfMadeText(own, values, () => textOf(value, made, start, end)) };
}

/** What stands in some stretches that nobody knows before the deployment. */
function namesIn(stretches: readonly Stretch<TextSource>[]): string[] {
  return stretches.flatMap(({ source }) => source.values.flatMap((one) => unknownOf(one) ?? []));
}

/** A text with `${NAME}` in the place of each stand-in, or alone where nobody knows which part of the value one is. */
function openText(
  text: MadeText<TextSource> | undefined,
  stretches: readonly Stretch<TextSource>[],
  open: Set<string>,
): MadeText<TextSource> {
  const parts = text?.stretches ?? stretches.filter((one) => namesIn([one]).length > 0).slice(0, 1);
  const made = parts.map((stretch): MadeText<TextSource> => {
    const { source, start } = stretch;
    const [name] = namesIn([stretch]);
    if (name === undefined && text !== undefined) return sliceMade(text, start, endOfStretch(text, stretch));
    open.add(name ?? '');
    return madeText(`\${${name}}`, { ...source, values: source.values.filter(isKnown) });
  });
  return joinMade(made);
}

/** What a scalar stands for, where it can be followed. */
function textOf(
  value: Value,
  made: MadeText<TextSource>,
  start: number,
  end: number,
): MadeText<TextSource> | undefined {
  if (typeof value !== 'string') return undefined;
  const source = made.text.slice(start, end);
  if (source === value) return sliceMade(made, start, end);
  const offsets = decodeWithOffsets(source, value);
  return offsets && decodedMade(made, start, value, offsets);
}

function startOf({ nodes }: Positions, row: number): number {
  return nodes[row * stride + 2] ?? 0;
}

function endOf({ nodes }: Positions, row: number): number {
  return nodes[row * stride + 3] ?? 0;
}

function childRows({ nodes }: Positions, row: number): number[] {
  const end = nodes[row * stride + 4] ?? 0;
  const rows: number[] = [];
  for (let child = row + 1; child < end; child = nodes[child * stride + 4] ?? end) rows.push(child);
  return rows;
}

/** Where a part of a made text stands in the template that wrote it; as it is where none did. */
export function spanInTemplate(span: Span, made: MadeText<TextSource>, placeOf = knownPlaces()): Span {
  const start = Math.min(span.start, Math.max(0, made.text.length - 1));
  const [first] = stretchesIn(made, start, start + 1);
  const place = first === undefined ? undefined : placeOf(first.source);
  if (first === undefined || place === undefined) return span;
  const [from, to] = [placeIn(first, start, 'start'), placeIn(first, Math.max(start, span.end), 'end')];
  const isWhole = span.end <= endOfStretch(made, first);
  return { file: place.file, start: place.start(from), end: place.end(from, isWhole ? to : from) };
}

function moveDiagnostic(one: Diagnostic, made: MadeText<TextSource>, placeOf: PlaceOf): Diagnostic {
  const move = (span: Span): Span => spanInTemplate(span, made, placeOf);
  return {
    ...one,
    span: move(one.span),
    related: one.related.map((related) => ({ ...related, span: move(related.span) })),
  };
}
