import { getAt, stepsOf } from '../../object/provenance.ts';
import { nameOf, type Resource, stableNameOf, trackedObject } from '../../object/resource.ts';

/** The object's name as files have it, before prefixes and hashes. */
export function writtenNames(resource: Resource): ReadonlySet<string> {
  const names = new Set([nameOf(resource.object), stableNameOf(resource)]);
  const name = getAt(trackedObject(resource), ['metadata', 'name']);
  for (const { span } of name === undefined ? [] : stepsOf(name.origin)) {
    const [, written] =
      /^(?:["']?name["']?\s*:\s*)?["']?([\w.-]+)["']?$/u.exec(span.file.text.slice(span.start, span.end)) ??
      [];
    if (written !== undefined) names.add(written);
  }
  return names;
}
