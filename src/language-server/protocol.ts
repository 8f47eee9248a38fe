import { type Message, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import {
  createConnection,
  createProtocolConnection,
  type Logger,
  type ProposedFeatures,
  type WatchDog,
} from 'vscode-languageserver';

/** Standard input and output, which belong to the editor. */
export interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

export type Connection = ProposedFeatures.Connection;

export interface Opened {
  readonly connection: Connection;
  /** Resolves when the editor is gone: with 0 where it said so (shutdown, then exit), else with 1. */
  readonly ended: Promise<0 | 1>;
}

/** What is sent to an editor that has gone in the meantime is lost, and no fault. */
export function ignoreGone(send: () => unknown): void {
  try {
    const sent = send();
    if (sent instanceof Promise) sent.catch(() => undefined);
  } catch {
    // The connection is closed.
  }
}

/** The library's own words go to the editor, and it sends them without looking whether there is one. */
function untilGone(logger: Logger): Logger {
  return {
    error: (message) => ignoreGone(() => logger.error(message)),
    warn: (message) => ignoreGone(() => logger.warn(message)),
    info: (message) => ignoreGone(() => logger.info(message)),
    log: (message) => ignoreGone(() => logger.log(message)),
  };
}

const noDocument = { params: { textDocument: null } };

/** The library looks into the parameters of a request for a document before anyone else does, where they are null too. */
function withoutNull(message: Message): Message {
  if (!('id' in message && 'method' in message && 'params' in message)) return message;
  const { method, params } = message;
  const isOfDocument = typeof method === 'string' && method.startsWith('textDocument/');
  return isOfDocument && params === null ? { ...message, ...noDocument } : message;
}

/** What the library cannot take, as the cancellation of nothing, is no message, and no reason to go. */
function hearAtAll(hear: () => void): void {
  try {
    hear();
  } catch {
    // No one waits for an answer to it.
  }
}

/**
 * A connection over the streams that ends with them. The library's own `vscode-languageserver/node` would end the process,
 * take the console and speak over sockets as well.
 */
export function openConnection({ input, output }: Streams): Opened {
  let end: (exitCode: 0 | 1) => void = () => undefined;
  const ended = new Promise<0 | 1>((resolve) => {
    end = resolve;
  });
  const watchDog: WatchDog = {
    shutdownReceived: false,
    initialize: () => undefined,
    exit: () => end(watchDog.shutdownReceived ? 0 : 1),
  };
  const reader = new StreamMessageReader(input);
  const listen = reader.listen.bind(reader);
  reader.listen = (hear) => listen((message) => hearAtAll(() => hear(withoutNull(message))));
  const writer = new StreamMessageWriter(output);
  const connection = createConnection(
    (logger) => createProtocolConnection(reader, writer, untilGone(logger)),
    watchDog,
  ) as Connection;
  input.on('end', () => watchDog.exit(1));
  // What cannot be read as a message leaves no way to find the next one.
  reader.onError(() => watchDog.exit(1));
  // An editor that is gone reads no answers.
  output.on('error', () => watchDog.exit(1));
  return { connection, ended };
}
