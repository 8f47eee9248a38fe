import { firstFileOf, stepsOf } from '../object/provenance.ts';
import type { Resource } from '../object/resource.ts';
import { directoryOf } from '../source/path.ts';

/** The one cause of all that gets in the way of its own copy: a base that reaches a namespace by several entry points. */
export function sharedBase(one: Resource, other: Resource, namespace: string): string | undefined {
  const [own, theirs] = [one, other].map(({ origin }) => firstFileOf(origin));
  if (own === undefined || theirs === undefined || directoryOf(own) !== directoryOf(theirs)) return undefined;
  const where = namespace === '' ? 'one namespace' : `the namespace ${namespace}`;
  return `several entry points apply ${directoryOf(own) || '.'} to ${where}, and no label distinguishes their pods`;
}

/** Whether two objects are made of one document. */
export function areCopies(one: Resource, other: Resource): boolean {
  const [own, theirs] = [one, other].map(({ origin }) => stepsOf(origin)[0]?.span);
  return own !== undefined && own.file.path === theirs?.file.path && own.start === theirs.start;
}
