import { ErrorCodes, type Location, ResponseError } from 'vscode-languageserver';
import { type Answering, type Feature, fieldsOf, lacking, ofDocument } from '../feature.ts';
import type { NamedPlace } from '../judging/messages.ts';
import { openRangeShift } from '../text-shift.ts';

export const feature: Feature = {
  capabilities: { referencesProvider: true, renameProvider: true },
  register(connection, answering) {
    connection.onReferences(
      ofDocument(async ({ textDocument: { uri }, position, context }) => {
        const offset = judgedOffset(answering, uri, position);
        if (offset === undefined) return null;
        const places = await answering.thread.ask({ ask: 'references', uri, offset });
        return places
          .filter(({ isOwn }) => fieldsOf(context)['includeDeclaration'] === true || !isOwn)
          .map((place) => locationOf(answering, place));
      }, 'position'),
    );
    connection.onRenameRequest(
      ofDocument(async ({ textDocument: { uri }, position, newName: name }) => {
        const offset = answering.documents.get(uri)?.offsetAt(position);
        if (typeof name !== 'string') return lacking('a newName');
        if (offset === undefined) return null;
        const answer = await answering.thread.ask({ ask: 'rename', uri, offset, name, ...answering.shown() });
        if ('changes' in answer) return answer;
        return new ResponseError(ErrorCodes.InvalidRequest, `not renamed: ${answer.refused}`);
      }, 'position'),
    );
  },
};

/** A place in the text that was judged last. */
export function judgedOffset(
  { documents, finished }: Answering,
  uri: string,
  position: { readonly line: number; readonly character: number },
): number | undefined {
  const document = documents.get(uri);
  const file = document && finished.file(uri, document.getText());
  return document && file?.shift.back(document.offsetAt(position));
}

/** A place of the text that was judged, in the one that is shown. */
export function locationOf({ documents, finished }: Answering, { uri, range }: NamedPlace): Location {
  const text = documents.get(uri)?.getText();
  const judged = finished.judgedText(uri);
  if (text === undefined || judged === undefined) return { uri, range };
  return { uri, range: openRangeShift(judged, text)(range) };
}
