import type { Origin, TextSource } from '../object/provenance.ts';
import type { Stretch } from '../source/made-text.ts';
import type { TemplateNode } from './syntax/node.ts';

/** A file or text that holds templates; `name` is what errors call it. */
export interface TemplateText {
  readonly name: string;
  readonly text: string;
  readonly origin: Origin;
  /** What each part of the text came from, where it was made of several values. */
  readonly stretches?: readonly Stretch<TextSource>[];
}

/** A template by its name, from a file of its own or defined in one. */
export interface Template {
  readonly name: string;
  readonly source: TemplateText;
  readonly nodes: readonly TemplateNode[];
}

/** Whether a template is nothing but white space, and so gives way to another one of its name (parse.IsEmptyTree). */
export function isEmptyTemplate({ nodes }: Template): boolean {
  return nodes.every((node) => node.kind === 'text' && node.text.trim() === '');
}
