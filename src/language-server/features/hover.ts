import type { Hover, Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { RulePages } from '../../report/explain.ts';
import { codeSpan } from '../../report/markdown/markdown-text.ts';
import { readRulePage } from '../../report/rule-page.ts';
import { isWithin, rangeIn } from '../editor-range.ts';
import type { Answering, Feature } from '../feature.ts';
import type { FinishedFile } from '../finished.ts';
import type { FoundHere } from '../judging/messages.ts';
import { placeAt, type ReadPlace, type ReadValue } from '../judging/reading.ts';

export const feature: Feature = {
  capabilities: { hoverProvider: true },
  register(connection, answering) {
    connection.onHover(({ textDocument: { uri }, position }) => {
      const document = answering.documents.get(uri);
      return document === undefined ? null : hoverAt(answering, document, position);
    });
  },
};

/** What is found at a place, with the rule's page, and what the value there becomes and was made by. */
function hoverAt({ finished, host }: Answering, document: TextDocument, position: Position): Hover | null {
  const file = finished.file(document.uri, document.getText());
  if (file === undefined) return null;
  const found = file.found.filter(({ diagnostic }) => isWithin(position, diagnostic.range));
  const place = readPlaceAt(file, document.offsetAt(position));
  const blocks = [
    ...found.map((one) => findingText(one, host.rulePages())),
    ...(place === undefined ? [] : [valuesText(place)]),
  ];
  if (blocks.length === 0) return null;
  const { shift } = file;
  const range =
    found[0]?.diagnostic.range ??
    (place && rangeIn(document, shift.forward(place.start), shift.forward(place.end)));
  return {
    contents: { kind: 'markdown', value: blocks.join('\n\n---\n\n') },
    ...(range === undefined ? {} : { range }),
  };
}

/** The narrowest stretch of the text as it was judged that stands at an offset of the text as it is. */
export function readPlaceAt({ reading, shift }: FinishedFile, offset: number): ReadPlace | undefined {
  return reading === undefined ? undefined : placeAt(reading, shift.back(offset));
}

function findingText({ rule, message, help }: FoundHere, pages: RulePages): string {
  const { summary, why } = readRulePage(pages.get(rule) ?? '');
  return [
    `**${codeSpan(rule)}**: ${codeSpan(message)}`,
    ...(help === undefined ? [] : [`Help: ${codeSpan(help)}`]),
    // Our own words.
    ...[summary, why].filter((text) => text !== ''),
  ].join('\n\n');
}

const shownValues = 10;

function valuesText({ values, count }: ReadPlace): string {
  const rows = values.slice(0, shownValues).map(valueText);
  const more = count > shownValues ? [`and ${count - shownValues} more`] : [];
  return [...rows, ...more].join('\n\n');
}

function valueText({ root, object, field, text, steps }: ReadValue): string {
  const title = [object, ...(field === '' ? [] : [field])].join(' ');
  const layers = steps.map(({ by, path, line }) => `- ${codeSpan(`${path}:${line}`)} ${codeSpan(by)}`);
  return [
    `${codeSpan(root || '.')}: ${codeSpan(text === undefined ? title : `${title} = ${text}`)}`,
    layers.join('\n'),
  ].join('\n\n');
}
