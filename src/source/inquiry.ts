import type { AnyReader } from './document.ts';
import type { Entry } from './file-system.ts';
import type { Sources } from './load.ts';

/** Sources that note down every answer, so that it can be seen later whether the same questions still have them. */
export interface Inquiry {
  readonly sources: Sources;
  /** Asks the same as the sources would be asked. */
  ask(question: Question, path: string): unknown;
  /** All that was asked so far, in the order of the questions. */
  noted(): readonly Noted[];
  /** Whether others answer all that was asked so far as these did. */
  holdsFor(others: Sources): boolean;
}

/** What may be asked of a path. */
const questions = {
  bytes: (sources: Sources, path: string) => sources.bytes(path),
  file: (sources: Sources, path: string) => sources.file(path),
  kustomize: (sources: Sources, path: string) => sources.load(path, 'kustomize'),
  'api-server': (sources: Sources, path: string) => sources.load(path, 'api-server'),
  patch: (sources: Sources, path: string) => sources.load(path, 'patch'),
  operations: (sources: Sources, path: string) => sources.load(path, 'operations'),
  kustomization: (sources: Sources, path: string) => sources.load(path, 'kustomization'),
  'field-specs': (sources: Sources, path: string) => sources.load(path, 'field-specs'),
  json: (sources: Sources, path: string) => sources.load(path, 'json'),
  read: ({ fileSystem }: Sources, path: string) => fileSystem.read(path),
  list: ({ fileSystem }: Sources, path: string) => fileSystem.list(path),
  kind: ({ fileSystem }: Sources, path: string) => fileSystem.kind(path),
  realPath: ({ fileSystem }: Sources, path: string) => fileSystem.realPath(path),
} as const satisfies Record<AnyReader | string, (sources: Sources, path: string) => unknown>;

export type Question = keyof typeof questions;
type Answer<Asked extends Question> = ReturnType<(typeof questions)[Asked]>;

/** A question, and what was said. */
export interface Noted {
  readonly question: Question;
  readonly path: string;
  readonly answer: unknown;
}

/** Notes down what is asked of sources from now on. */
export function openInquiry(sources: Sources): Inquiry {
  // In the order of the questions: what was read first counts first against the limits.
  const noted = new Map<string, Noted>();
  function ask<Asked extends Question>(question: Asked, path: string): Answer<Asked> {
    const key = `${question} ${path}`;
    let known = noted.get(key);
    if (known === undefined) {
      known = { question, path, answer: questions[question](sources, path) };
      noted.set(key, known);
    }
    return known.answer as Answer<Asked>;
  }
  return {
    sources: {
      bytes: (path) => ask('bytes', path),
      file: (path) => ask('file', path),
      load: (path, reader) => ask(reader, path),
      reread: (path, reader) => ask(reader, path).documents,
      effort: sources.effort,
      limits: sources.limits,
      counts: sources.counts,
      fileSystem: {
        read: (path) => ask('read', path),
        list: (path) => ask('list', path),
        kind: (path) => ask('kind', path),
        realPath: (path) => ask('realPath', path),
      },
    },
    ask,
    noted: () => [...noted.values()],
    holdsFor: (others) =>
      [...noted.values()].every(({ question, path, answer }) =>
        isSameAnswer(answer, questions[question](others, path)),
      ),
  };
}

function isSameAnswer(before: unknown, now: unknown): boolean {
  return before === now || (isList(before) && isList(now) && isSameList(before, now));
}

function isList(answer: unknown): answer is readonly Entry[] {
  return Array.isArray(answer);
}

function isSameList(before: readonly Entry[], now: readonly Entry[]): boolean {
  return (
    before.length === now.length &&
    before.every(({ name, kind }, index) => name === now[index]?.name && kind === now[index]?.kind)
  );
}
