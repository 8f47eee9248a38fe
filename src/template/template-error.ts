import type { Template } from './template.ts';

/** Where an evaluation was when it failed: an expression of a template, and what Go would call it. */
export interface Frame {
  readonly template: Template;
  readonly start: number;
  readonly expression?: string;
}

/**
 * Thrown inside and caught where templates are executed: what Go refuses, in its words. The innermost frame comes last, those before it
 * called it by `include`, `tpl` or an action.
 */
export class TemplateError extends Error {
  readonly frames: readonly Frame[];
  /** The same without where it was. */
  readonly words: string;
  /** Of a field that is not there, what the template calls it. */
  readonly missing: string | undefined;

  constructor(message: string, { words, frames, missing }: Omit<TemplateError, keyof Error>) {
    super(message);
    this.words = words;
    this.frames = frames;
    this.missing = missing;
  }
}

/** Likewise: what is not followed here, or not this far, and where the innermost template was. */
export class UnsupportedTemplate extends Error {
  frames: readonly Frame[] | undefined;
}

/** Where a character of a template stands, as Go counts: lines from one, bytes of the line from zero. */
export function lineAndByte(text: string, at: number): { readonly line: number; readonly byte: number } {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  return { line, byte: new TextEncoder().encode(before.slice(lineStart)).length };
}

/** Thrown by functions: why they refuse what they are given, in Go's words. */
export class FunctionError extends Error {}

/** The words for a value that is not there and would be printed, which Go does as `<no value>`. */
export const printsNothing = 'a value that is not there is printed';
