import type { LoadedFile } from '../source/document.ts';
import { isMapping, type Value } from '../source/value.ts';
import { textAt } from './object-field.ts';

// How actions begin: of Go, Helm or Mustache, of Jinja, of Terraform, of ERB, and of FreeMarker in both its ways.
const action = /\{\{|\{%|%\{|<%|<\/?[#@][a-z]|\[\/?#[a-z]/u;

// A line of an action alone, such as `{{ if … }}`: what follows it is read as a part of it.
const control = /^\s*(?:-\s+)?(?:\{\{|\{%|%\{|<%|<\/?[#@][a-z]|\[\/?#[a-z])/u;

// A token alone in its line, such as `<ANNOTATIONS>`: a tool puts lines in its place.
const token = /^\s*(?:-\s+)?<[A-Z][A-Z0-9_-]*>\s*$/u;

// A word between signs, such as `@HOST@` or `%HOST%`, which sed or CMake's configure_file replaces: no plain value begins so.
const word = /(?:^|[^\w.])([@%])[A-Z][A-Z0-9_]*\1/u;

// Code of ytt, which stands in comments: `#@ load(…)`, `name: #@ data.values.name`, `#@overlay/match by=…`.
const annotation = /(?:^|\s)#@(?:[ \t]+[\w"'([]|(?:data|library|overlay|schema|yaml)\/)/mu;

// What may be a merge key, by its name or by its tag.
const mayMerge = /<<["']?\s*(?::|$)|![^\s]*merge|^%TAG/mu;

/** Whether a text has code of ytt: without it that is a comment, and says nothing. */
export function hasYttCode(text: string): boolean {
  return text.includes('#@') && annotation.test(text);
}

/**
 * Whether a file is a template of another tool: what stops the reader is an action, a word to replace (`@HOST@`, `%HOST%`), or follows a line of one,
 * and not one that a comment holds; or ytt's annotations say so of objects without names. Such a file is no manifest before that tool has
 * filled it in.
 */
export function isForeignTemplate({ file: { text }, documents, diagnostics }: LoadedFile): boolean {
  // A comment alone keeps nobody from applying what has a name.
  const isOfYtt = documents.length > 0 && hasYttCode(text);
  if (isOfYtt && documents.every(({ value }) => !mayBeApplied(value))) return true;
  return diagnostics.some(({ rule, unchecked, span: { start } }) => {
    if (unchecked === undefined) return false;
    // A mapping as a key is no error where a merge key sets its value anew: then the API server never sees it.
    if (rule === 'not-json') return text.slice(start - 1, start + 2).includes('{{') && !mayMerge.test(text);
    if (rule !== 'yaml-syntax') return false;
    const lines = text.slice(0, lineEnd(text, start)).split('\n');
    const [line = '', before = ''] = lines.reverse().map((one) => one.replace(/(?:^|\s)#.*$/u, ''));
    return (
      action.test(line) || word.test(line) || control.test(before) || token.test(line) || token.test(before)
    );
  });
}

function mayBeApplied(value: Value): boolean {
  if (!isMapping(value) || Object.hasOwn(value, 'items')) return true;
  return ['name', 'generateName'].some((field) => textAt(value, 'metadata', field) !== undefined);
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}
