import { ErrorCodes, type Position, ResponseError } from 'vscode-languageserver';
import { type Feature, whatLacks } from '../feature.ts';
import type { RenderedText } from '../judging/messages.ts';
import { judgedOffset } from './references.ts';

interface RenderedParams {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
  /** The directory that is built; any where absent. */
  readonly root?: string;
}

/**
 * `cdb-lint/rendered`: the object at a place as a build renders it, as text, with the file and range that each line comes from. An editor
 * shows it as a document without a file, and leads back from its lines.
 */
export const feature: Feature = {
  capabilities: {},
  register(connection, answering) {
    connection.onRequest(
      'cdb-lint/rendered',
      async (params: RenderedParams): Promise<RenderedText | ResponseError<void>> => {
        const lack = whatLacks(params, 'position');
        if (lack !== undefined) return lack;
        const {
          textDocument: { uri },
          position,
          root,
        } = params;
        await answering.settled();
        const offset = judgedOffset(answering, uri, position);
        if (offset === undefined) return new ResponseError(ErrorCodes.InvalidRequest, 'the file is not open');
        const answer = await answering.thread.ask({
          ask: 'rendered',
          uri,
          offset,
          ...(typeof root === 'string' ? { root } : {}),
        });
        return 'text' in answer ? answer : new ResponseError(ErrorCodes.InvalidRequest, answer.refused);
      },
    );
  },
};
