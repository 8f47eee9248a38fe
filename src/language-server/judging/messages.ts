import type { Diagnostic, Range, TextEdit } from 'vscode-languageserver';
import type { Reading } from './reading.ts';

/** A text as the editor shows it. */
export interface OpenText {
  readonly uri: string;
  readonly text: string;
}

/** What the editor shows, and so what has to be judged. */
export interface Shown {
  /** `file:` URLs, the one that matters most first. */
  readonly folders: readonly string[];
  readonly documents: readonly OpenText[];
}

/** Asks for all findings; those of `first` before all others. */
export interface JudgeQuestion extends Shown {
  readonly ask: 'judge';
  /** URIs of what was changed last. */
  readonly first: readonly string[];
  /** Whether nothing but the texts changed since the question before, as far as the editor says. */
  readonly isTypedOnly: boolean;
  /** Holds the number of the question as long as its answer is wanted. */
  readonly wanted: SharedArrayBuffer;
}

/** Asks for the edit of a finding's fix, proven to change nothing else. */
export interface FixQuestion extends Shown {
  readonly ask: 'fix';
  readonly uri: string;
  readonly fingerprint: string;
}

/** Asks for the baseline file with one more finding in it. */
export interface BaselineQuestion {
  readonly ask: 'baseline';
  readonly uri: string;
  readonly fingerprint: string;
}

/** Asks where an object is named that stands, or is named, at a place of the text as it was judged last. */
export interface ReferencesQuestion {
  readonly ask: 'references';
  readonly uri: string;
  readonly offset: number;
}

/** Asks where the object, or the variable, stands that is named at a place of the text as it was judged last. */
export interface DefinitionQuestion {
  readonly ask: 'definition';
  readonly uri: string;
  readonly offset: number;
}

/** Asks for the edits that give an object another name everywhere. */
export interface RenameQuestion extends Shown {
  readonly ask: 'rename';
  readonly uri: string;
  readonly offset: number;
  readonly name: string;
}

/** Asks for an object as a build renders it. */
export interface RenderedQuestion {
  readonly ask: 'rendered';
  readonly uri: string;
  /** A place in the object, of the text as it was judged last. */
  readonly offset: number;
  /** The directory that is built; any where absent. */
  readonly root?: string;
}

export type Question =
  | JudgeQuestion
  | FixQuestion
  | BaselineQuestion
  | ReferencesQuestion
  | DefinitionQuestion
  | RenameQuestion
  | RenderedQuestion;

/** Where a name of an object stands, in the text as it was judged last. */
export interface NamedPlace {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
  readonly range: Range;
  /** Whether the object itself stands there. */
  readonly isOwn: boolean;
}

/** Why there is no answer, in words. */
export interface Refused {
  readonly refused: string;
}

/** A document that stands in no file. */
export interface RenderedText {
  readonly text: string;
  /** The directories that render the object. */
  readonly roots: readonly string[];
  readonly root: string;
  /** Where each line comes from. */
  readonly lines: readonly { readonly line: number; readonly uri: string; readonly range: Range }[];
}

/** A question with the number that its answer bears. */
export interface Asked {
  readonly id: number;
  readonly question: Question;
}

/** The edits of a fix by URI, or why there are none. */
export type FixAnswer = { readonly changes: Record<string, TextEdit[]> } | Refused;

export interface Answers {
  readonly judge: 'done' | 'no longer needed';
  readonly fix: FixAnswer;
  readonly baseline: FixAnswer;
  readonly references: readonly NamedPlace[];
  readonly definition: readonly NamedPlace[];
  readonly rename: FixAnswer;
  readonly rendered: RenderedText | Refused;
}

/** A finding as the editor needs it, beside what the protocol shows of it. */
export interface FoundHere {
  readonly diagnostic: Diagnostic;
  readonly rule: string;
  readonly message: string;
  readonly help?: string;
  readonly fingerprint: string;
  /** By what it may be accepted; of what could not be checked nothing. */
  readonly accept: readonly ('comment' | 'baseline')[];
  /** Of a consequence that stops a merge: what acknowledges it. */
  readonly digest?: string;
  /** Of a consequence that deletes: what, and from where. */
  readonly deletes?: { readonly objects: readonly string[]; readonly clusters: readonly string[] };
  /** Whether it is found only where all is judged. */
  readonly needsWhole: boolean;
  /** What the fix does, in words, where there is one. */
  readonly fix?: string;
  /** Why a program may not work any more with it. */
  readonly risk?: string;
}

/** What one judgement of a folder says that the one before did not. */
export interface FolderNews {
  readonly is: 'news';
  /** The question that it is told to. */
  readonly to: number;
  readonly folder: string;
  /** The root of its repository. */
  readonly url: string;
  readonly path: string;
  /** False where the files that were changed last were looked at alone. */
  readonly isWhole: boolean;
  /** By URI; empty where there is nothing any more. */
  readonly found: readonly (readonly [uri: string, found: readonly FoundHere[]])[];
}

/** What a judged folder makes of the files that the editor shows. */
export interface FolderReadings {
  readonly is: 'readings';
  readonly to: number;
  readonly folder: string;
  readonly readings: readonly (readonly [uri: string, reading: Reading])[];
}

/** What may be named in a folder, as JSON: it is read where somebody asks for it. */
export interface FolderKnowledge {
  readonly is: 'knowledge';
  readonly folder: string;
  readonly knowledge: string;
}

/** What is wrong with a folder that none of its files can show. */
export interface FolderProblem {
  readonly is: 'problem';
  readonly words: string;
}

/** A folder that is gone. */
export interface FolderGone {
  readonly is: 'gone';
  readonly folder: string;
}

/** What a judgement under way is doing. */
export interface Doing {
  readonly is: 'doing';
  readonly words: string;
  readonly at?: readonly [number, number];
}

export type Told =
  | FolderNews
  | FolderReadings
  | FolderKnowledge
  | FolderProblem
  | FolderGone
  | Doing
  | { readonly is: 'answer'; readonly id: number; readonly answer: Answers[keyof Answers] }
  /** A fault of ours, in words. */
  | { readonly is: 'fault'; readonly id: number; readonly words: string };
