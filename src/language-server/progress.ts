import type { InitializeParams } from 'vscode-languageserver';
import type { Doing } from './judging/messages.ts';
import { type Connection, ignoreGone } from './protocol.ts';

/** Shows what a judgement is doing, where the editor has a place for that. */
export interface Progress {
  busy(isBusy: boolean): void;
  doing(doing: Doing): void;
}

/** Milliseconds: what is over sooner is not worth a word, and nobody reads more often. */
const patience = 400;
const least = 100;

/** `$/progress` with one token at a time (LSP 3.15, window/workDoneProgress). */
export function newProgress(connection: Connection, { capabilities }: InitializeParams): Progress {
  if (capabilities.window?.workDoneProgress !== true)
    return { busy: () => undefined, doing: () => undefined };
  let token = 0;
  let isShown = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const send = (value: object): void =>
    ignoreGone(() => connection.sendNotification('$/progress', { token: `cdb-lint-${token}`, value }));

  async function begin(): Promise<void> {
    token += 1;
    const own = token;
    await connection.sendRequest('window/workDoneProgress/create', { token: `cdb-lint-${own}` });
    if (timer === undefined || own !== token) return;
    isShown = true;
    send({ kind: 'begin', title: 'cdb-lint', cancellable: false });
  }

  function end(): void {
    clearTimeout(timer);
    timer = undefined;
    if (isShown) send({ kind: 'end' });
    isShown = false;
  }

  return {
    busy(isBusy) {
      if (!isBusy) end();
      else timer ??= setTimeout(() => ignoreGone(begin), patience);
    },
    doing({ words, at }) {
      const now = performance.now();
      if (!isShown || now - last < least) return;
      last = now;
      const percentage = at === undefined ? {} : { percentage: Math.round((100 * at[0]) / at[1]) };
      send({ kind: 'report', message: words, ...percentage });
    },
  };
}
