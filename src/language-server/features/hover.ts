import type { Hover, Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { RulePages } from '../../report/explain.ts';
import { codeSpan } from '../../report/markdown/markdown-text.ts';
import { readRulePage } from '../../report/rule-page.ts';
import { nodeAt } from '../../schema/schema-node.ts';
import { chartOfTemplate, chartValueAt } from '../chart/chart-value.ts';
import { chartValuesNode } from '../completion/chart-values.ts';
import { documentationOf } from '../completion/documentation.ts';
import { documentedAt } from '../completion/documented.ts';
import { isWithin, rangeIn } from '../editor-range.ts';
import { type Answering, type Feature, type FilePlace, ofDocument } from '../feature.ts';
import type { FinishedFile } from '../finished.ts';
import type { FoundHere } from '../judging/messages.ts';
import { placeAt, placeWithin, type ReadPlace, type ReadValue } from '../judging/reading.ts';
import { cursorAt } from '../yaml/cursor.ts';
import { entryAround } from '../yaml/entry.ts';

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
  const place = file && readPlaceAt(file, document.getText(), document.offsetAt(position));
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
  if (place === undefined) return undefined;
  const offset = document.offsetAt(position);
  if (chartOfTemplate(place.files, place.path) !== undefined)
    return valueWords(document.getText(), offset, place);
  const cursor = cursorAt(document.getText(), offset);
  if (cursor === undefined) return undefined;
  const { line } = position;
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  return documentedAt({ cursor, ...place }, text.replace(/\r?\n$/u, ''));
}

/** What a chart says of the value that a template reads. */
function valueWords(text: string, offset: number, { files, path }: FilePlace): string | undefined {
  const value = chartValueAt(text, path, offset, files);
  const values = value && chartValuesNode(files, value.chart);
  const node = values && nodeAt(values, value.path);
  return node && documentationOf(node);
}

/**
 * The narrowest stretch of the text as it was judged that stands at an offset of the text as it is; where an entry around sets nothing
 * just there, as by the name of an image, all that it sets.
 */
export function readPlaceAt(file: FinishedFile, text: string, offset: number): ReadPlace | undefined {
  const { reading, shift, path } = file;
  const place = reading && placeAt(reading, shift.back(offset));
  const entry = reading && entryAround(text, path, offset);
  if (reading === undefined || entry === undefined) return place;
  const judged = { start: shift.back(entry.start), end: shift.back(entry.end) };
  if (place !== undefined && judged.start <= place.start && place.end <= judged.end) return place;
  return placeWithin(reading, judged) ?? place;
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

function valuesText({ values, count, means = [] }: ReadPlace): string {
  const rows = values.slice(0, shownValues).map(valueText);
  const more = count > shownValues ? [`and ${count - shownValues} more`] : [];
  const meanings = means.map(
    ({ object, field, path, line }) => `→ ${codeSpan(`${object} ${field}`)} ${codeSpan(`${path}:${line}`)}`,
  );
  return [...meanings, ...rows, ...more].join('\n\n');
}

function valueText({ root, object, field, text, steps }: ReadValue): string {
  const title = [object, ...(field === '' ? [] : [field])].join(' ');
  const layers = steps.map(({ by, path, line }) => `- ${codeSpan(`${path}:${line}`)} ${codeSpan(by)}`);
  return [
    `${codeSpan(root || '.')}: ${codeSpan(text === undefined ? title : `${title} = ${text}`)}`,
    layers.join('\n'),
  ].join('\n\n');
}
