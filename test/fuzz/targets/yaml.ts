import type { AnyReader } from '../../../src/source/document.ts';
import { parseDocuments } from '../../../src/source/parse.ts';
import { generateText } from '../generate.ts';
import { numbersOf, requireSame, textsOf } from './numbers.ts';

const readers: readonly AnyReader[] = ['kustomize', 'api-server', 'json'];

/** Texts as YAML and JSON: every other input is bytes, the rest what a grammar makes of them. */
export function fuzz(data: Uint8Array): void {
  const isText = ((data[0] ?? 0) & 1) === 0;
  const text = isText ? (textsOf(data.subarray(1))[0] ?? '') : generateText(numbersOf(data.subarray(1)));
  for (const reader of readers)
    requireSame(() => {
      const { documents, diagnostics } = parseDocuments({ path: 'a.yaml', text }, reader);
      return [
        documents.map(({ value }) => value),
        diagnostics.map(({ message, span }) => [message, span.start, span.end]),
      ];
    });
}
