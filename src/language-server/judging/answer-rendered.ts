import { locateField } from '../../object/provenance.ts';
import { type Resource, trackedObject } from '../../object/resource.ts';
import { isSecretField } from '../../object/secret-values.ts';
import { emitDocuments } from '../../source/emit/emit.ts';
import {
  isMapping,
  isSequence,
  type Mapping,
  newMapping,
  type Path,
  type Value,
} from '../../source/value.ts';
import { rangeOf } from '../editor-range.ts';
import { pathInside } from '../file-url.ts';
import { linesOf, outlineOf } from '../yaml/outline.ts';
import { nodesOf, pathOf } from '../yaml/outline-node.ts';
import { isFile, type JudgedFolder, uriOf } from './judged-folder.ts';
import type { Refused, RenderedQuestion, RenderedText } from './messages.ts';
import { valuesAt } from './reading.ts';

/** The object at a place as a build renders it, with where each of its lines comes from; secrets are left out. */
export function answerRendered(
  folders: Iterable<JudgedFolder>,
  { uri, offset, root }: RenderedQuestion,
): RenderedText | Refused {
  for (const folder of folders) {
    const path = pathInside(folder.url, uri);
    if (path === undefined) continue;
    const found = valuesAt(folder.judgement.builds.values(), path, offset);
    const roots = [...new Set(found.map(({ build }) => build.root))].sort();
    const chosen = found.find(({ build }) => root === undefined || build.root === root);
    if (chosen === undefined) return { refused: 'no rendered object comes from here' };
    const text = emitDocuments([withoutSecrets(chosen.resource)]);
    return { text, roots, root: chosen.build.root, lines: linesFrom(folder, chosen.resource, text) };
  }
  return { refused: 'the file is not in a workspace folder' };
}

/** The object with a word in the place of what is secret. */
function withoutSecrets(resource: Resource): Mapping {
  const hidden = (value: Value, path: Path): Value => {
    if (isSequence(value)) return value.map((item, index) => hidden(item, [...path, index]));
    if (!isMapping(value)) return isSecretField(resource, path) ? '…' : value;
    const copy = newMapping();
    for (const key of Object.keys(value)) copy[key] = hidden(value[key] ?? null, [...path, key]);
    return copy;
  };
  return hidden(resource.object, []) as Mapping;
}

function linesFrom(folder: JudgedFolder, resource: Resource, text: string): RenderedText['lines'] {
  const object = trackedObject(resource);
  return nodesOf(outlineOf(linesOf(text)).root).flatMap((node) => {
    if (node.parent === undefined) return [];
    const { span } = locateField(object, pathOf(node), 'value');
    if (span === undefined || !isFile(folder, span.file.path)) return [];
    return [{ line: node.line, uri: uriOf(folder, span.file.path), range: rangeOf(span) }];
  });
}
