import type { Build } from '../object/build.ts';
import type { Tracked } from '../object/provenance.ts';
import type { AnyReader, LoadedFile } from '../source/document.ts';
import { type Inquiry, type Noted, openInquiry, type Question } from '../source/inquiry.ts';
import type { Sources } from '../source/load.ts';
import { sha256OfBytes } from '../source/sha256.ts';
import type { Mapping } from '../source/value.ts';
import type { RememberedBuild } from './build-memory.ts';
import type { Graph } from './graph.ts';
import { gone, type Landmarks, readGraph } from './graph-reader.ts';
import { newGraphWriter } from './graph-writer.ts';

/** Builds as another thread, machine or run made them: plain JSON, without the text of any file. */
export interface CarriedBuilds {
  readonly builds: readonly CarriedBuild[];
  readonly questions: readonly CarriedQuestion[];
  readonly graph: Graph;
}

interface CarriedBuild {
  readonly options: string;
  /** Its numbers in `questions`, in the order of asking. */
  readonly asked: readonly number[];
  /** Nodes of the graph. */
  readonly kustomization: number;
  readonly build: number;
}

type CarriedQuestion = readonly [question: Question, path: string, answer: string];

/** Writes down builds, and what was found out about them. */
export interface BuildCarrier {
  /** A node of the graph; undefined for what cannot be written, or must not. */
  write(value: unknown): number | undefined;
  /** All that was written, with these builds; those with a text that must not leave are left out, and made again by whoever needs them. */
  carry(remembered: Iterable<readonly [options: string, RememberedBuild]>): CarriedBuilds;
}

/** Begins to write for another machine; `mayWrite` says which texts may leave. */
export function openCarrier(sources: Sources, mayWrite: (text: string) => boolean): BuildCarrier {
  const answerTo = answering(sources);
  const questions: CarriedQuestion[] = [];
  const numbers = new Map<string, number>();
  const numberOf = ({ question, path }: Pick<Noted, 'question' | 'path'>): number => {
    const key = keyOf(question, path);
    const number = numbers.get(key) ?? questions.push([question, path, answerTo(question, path)]) - 1;
    numbers.set(key, number);
    return number;
  };
  const know = (question: Question, path: string): number => {
    if (question === 'file') writer.knowText(path, sources.file(path));
    if (isReader(question)) writer.knowLoaded(question, path, sources.load(path, question));
    return numberOf({ question, path });
  };
  // What a controller writes into a kustomization stands in a file that the build never asked for.
  const met = new Set<string>();
  const writer = newGraphWriter(mayWrite, ({ path }) => {
    if (met.has(path)) return;
    met.add(path);
    for (const question of ['file', 'api-server', 'kustomize'] as const) know(question, path);
  });
  const builds: CarriedBuild[] = [];
  return {
    write: writer.write,
    carry(remembered) {
      for (const [options, { kustomization, inquiry, build }] of remembered) {
        if (!mayWrite(options)) continue;
        const asked = inquiry.noted().map(({ question, path }) => know(question, path));
        const written = { kustomization: writer.write(kustomization), build: writer.write(build) };
        if (written.kustomization === undefined || written.build === undefined) continue;
        builds.push({
          options,
          asked,
          kustomization: written.kustomization,
          build: written.build,
        });
      }
      return { builds, questions, graph: writer.graph };
    },
  };
}

/** What another machine wrote. */
export interface TakenBuilds {
  /** Those of which every file says what it said then. */
  readonly builds: readonly (readonly [options: string, RememberedBuild])[];
  /** What a node stands for; `gone` where a file that it needs is another now. */
  read(node: number): unknown;
}

export function takeBuilds({ builds, questions, graph }: CarriedBuilds, sources: Sources): TakenBuilds {
  const answerTo = answering(sources);
  const answered = new Map(
    [...questions.entries()].filter(([, [question, path, answer]]) => answerTo(question, path) === answer),
  );
  const same = new Set([...answered.values()].map(([question, path]) => keyOf(question, path)));
  const nodeOf = readGraph(graph, landmarksIn(graph, sources, same));
  const taken = builds.flatMap(({ options, asked, ...written }) => {
    const own = asked.map((number) => answered.get(number));
    if (!own.every((one) => one !== undefined)) return [];
    const [kustomization, build] = [nodeOf(written.kustomization), nodeOf(written.build)];
    if (kustomization === gone || build === gone) return [];
    return [
      [
        options,
        {
          kustomization: kustomization as Tracked<Mapping>,
          build: build as Build,
          inquiry: askedAgain(sources, own),
        },
      ] as const,
    ];
  });
  return { builds: taken, read: nodeOf };
}

function askedAgain(sources: Sources, questions: readonly CarriedQuestion[]): Inquiry {
  const inquiry = openInquiry(sources);
  for (const [question, path] of questions) inquiry.ask(question, path);
  return inquiry;
}

function keyOf(question: string, path: string): string {
  return `${question} ${path}`;
}

/** Of the files only those that are the same still: builds that read another may name a text of it. */
function landmarksIn({ loads, texts }: Graph, sources: Sources, same: ReadonlySet<string>): Landmarks {
  const loaded = new Map<number, LoadedFile | undefined>();
  return {
    loaded(number) {
      const [reader = '', path = ''] = loads[number] ?? [];
      if (!loaded.has(number)) {
        const isIt = isReader(reader) && same.has(keyOf(reader, path));
        loaded.set(number, isIt ? sources.load(path, reader) : undefined);
      }
      return loaded.get(number);
    },
    text(number) {
      const path = texts[number] ?? '';
      return same.has(keyOf('file', path)) ? sources.file(path) : undefined;
    },
  };
}

const readers: ReadonlySet<string> = new Set<AnyReader>([
  'kustomize',
  'api-server',
  'patch',
  'operations',
  'kustomization',
  'field-specs',
  'json',
]);

function isReader(question: string): question is AnyReader {
  return readers.has(question);
}

/** What sources say, as a text: of what is in a file its digest. */
function answering(sources: Sources): (question: Question, path: string) => string {
  const digests = new Map<string, string>();
  const digestOf = (path: string): string => {
    const known = digests.get(path);
    if (known !== undefined) return known;
    const bytes = sources.bytes(path);
    const digest = typeof bytes === 'string' ? bytes : sha256OfBytes(bytes);
    digests.set(path, digest);
    return digest;
  };
  return (question, path) => {
    const { fileSystem } = sources;
    switch (question) {
      case 'list':
        return JSON.stringify(fileSystem.list(path)?.map(({ name, kind }) => [name, kind]) ?? null);
      case 'kind':
        return fileSystem.kind(path) ?? '';
      case 'realPath':
        return fileSystem.realPath(path) ?? '';
      default:
        return digestOf(path);
    }
  };
}
