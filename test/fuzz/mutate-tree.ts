// Trees of manifests in which a value here and there is of another type, another size or another name than anybody expects.
import { parseAllDocuments } from 'yaml';

export type Files = Readonly<Record<string, string>>;
type Random = () => number;

/** A holder of values: a list or a mapping of a document as plain values. */
type Holder = Record<string, unknown>;

const inherited = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf'];

const oddValues: readonly (() => unknown)[] = [
  () => ({ a: { b: 'c' } }),
  () => ({}),
  () => [],
  () => [{ a: 'b' }],
  () => [null],
  () => [['a']],
  () => null,
  () => '',
  () => true,
  () => 1.5,
  () => -1,
  () => 1e308,
  () => 9007199254740993n,
  () => 'a'.repeat(3000),
  () => `${'('.repeat(40)}a+${')+'.repeat(40)}b`,
  () => '€'.repeat(500),
  () => '$A'.replaceAll('A', '{A}') + '$B'.replaceAll('B', '{B:-1}'),
  () => '{{ .a.b }}{{ range . }}',
  () => 'a\nb: c\n---\n',
  () => '../../..',
  () => '[(*+?',
];

/** The same tree with up to three values changed. */
export function mutateTree(files: Files, random: Random): Files {
  const paths = Object.keys(files).filter((path) => /\.(?:ya?ml|json)$/u.test(path));
  if (paths.length === 0) return files;
  const mutated: Record<string, string> = { ...files };
  const rounds = 1 + Math.floor(random() * 3);
  for (let round = 0; round < rounds; round++) {
    const path = pick(paths, random);
    mutated[path] = mutateText(mutated[path] ?? '', random);
  }
  return mutated;
}

/** The documents of a text with one value changed; the text as it is where nobody can read it. */
function mutateText(text: string, random: Random): string {
  const documents = read(text);
  if (documents === undefined) return text;
  const places = placesIn(documents);
  if (places.length === 0) return text;
  const { holder, key } = pick(places, random);
  const before = holder[key];
  if (typeof before === 'string' && before.includes('\n') && random() < 0.7)
    holder[key] = mutateText(before, random);
  else change(holder, key, random);
  return documents.map((one) => write(one)).join('\n---\n');
}

function change(holder: Holder, key: string, random: Random): void {
  const chance = random();
  if (chance < 0.7) holder[key] = pick(oddValues, random)();
  else if (chance < 0.8) holder[key] = pick(inherited, random);
  else if (chance < 0.9 && !Array.isArray(holder)) define(holder, pick(inherited, random), holder[key]);
  else if (chance < 0.95) delete holder[key];
  else if (Array.isArray(holder)) holder.push(holder[Number(key)]);
  else holder[key] = [holder[key]];
}

function define(holder: Holder, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function read(text: string): unknown[] | undefined {
  try {
    const documents = parseAllDocuments(text, { intAsBigInt: false, merge: true });
    if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
    return documents.map((document) => document.toJS({ maxAliasCount: 1000 }));
  } catch {
    return undefined;
  }
}

function placesIn(documents: readonly unknown[]): { holder: Holder; key: string }[] {
  const places: { holder: Holder; key: string }[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > 40) return;
    for (const key of Object.keys(value)) {
      places.push({ holder: value as Holder, key });
      visit((value as Holder)[key], depth + 1);
    }
  };
  for (const document of documents) visit(document, 0);
  return places;
}

/** JSON over several lines, which is YAML as well, with integers of any size. */
function write(value: unknown): string {
  const text = JSON.stringify(
    value ?? null,
    (_, one: unknown) => (typeof one === 'bigint' ? `bigint:${one}` : one),
    2,
  );
  return text.replaceAll(/"bigint:(\d+)"/gu, '$1');
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)] as T;
}
