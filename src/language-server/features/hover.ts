import type { Hover, Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { RulePages } from '../../report/explain.ts';
import { codeSpan } from '../../report/markdown/markdown-text.ts';
import { readRulePage } from '../../report/rule-page.ts';
import { documentedAt } from '../completion/documented.ts';
import { isWithin, rangeIn } from '../editor-range.ts';
import { type Answering, type Feature, ofDocument } from '../feature.ts';
import type { FinishedFile } from '../finished.ts';
import type { FoundHere } from '../judging/messages.ts';
import { placeAt, type ReadPlace, type ReadValue } from '../judging/reading.ts';
import { cursorAt } from '../yaml/cursor.ts';

export const feature: Feature = {
  capabilities: { hoverProvider: true },
  register(connection, answering) {
    connection.onHover(
      ofDocument(({ textDocument: { uri }, position }) => {
        const document = answering.documents.get(uri);
        return document === undefined ? null : hoverAt(answering, document, position);
      }, 'position'),
    );
  },
};

/** What is found at a place, with the rule's page, and what the value there becomes and was made by. */
function hoverAt(answering: Answering, document: TextDocument, position: Position): Hover | null {
  const file = answering.finished.file(document.uri, document.getText());
  const found = (file?.found ?? []).filter(({ diagnostic }) => isWithin(position, diagnostic.range));
  const place = file && readPlaceAt(file, document.offsetAt(position));
  const words = documentation(answering, document, position);
  const blocks = [
    ...found.map((one) => findingText(one, answering.host.rulePages())),
    ...(words === undefined ? [] : [words]),
    ...(place === undefined ? [] : [valuesText(place)]),
  ];
  if (blocks.length === 0) return null;
  const range =
    found[0]?.diagnostic.range ??
    (file && place && rangeIn(document, file.shift.forward(place.start), file.shift.forward(place.end)));
  return {
    contents: { kind: 'markdown', value: blocks.join('\n\n---\n\n') },
    ...(range === undefined ? {} : { range }),
  };
}

/** What whoever made the field says of it. */
function documentation(answering: Answering, document: TextDocument, position: Position): string | undefined {
  const place = answering.placeOf(document.uri);
  const cursor = cursorAt(document.getText(), document.offsetAt(position));
  if (place === undefined || cursor === undefined) return undefined;
  const { line } = position;
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  return documentedAt({ cursor, ...place }, text.replace(/\r?\n$/u, ''));
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
