import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc';
import { openJudging } from '../../src/language-server/judging/judging.ts';
import { serveLooking } from '../../src/language-server/judging/looking.ts';
import type { Answers, Asked, JudgeQuestion, Told } from '../../src/language-server/judging/messages.ts';
import { openJudgingThread } from '../../src/language-server/judging-thread.ts';
import type { JudgingHost } from '../../src/language-server/language-host.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { type LanguageClient, spawnServer, startClient } from '../support/language-client.ts';
import { threadInProcess } from '../support/thread-in-process.ts';

const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  LEVEL: info\n';
const files = {
  '.git/HEAD': '',
  'kustomization.yaml': 'resources:\n  - settings.yaml\n',
  'settings.yaml': settings,
};

let folder = '';
let client: LanguageClient | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdb-lint-cancelled-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});

afterEach(() => {
  client?.server.stop();
  client = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const troubled = `--require ${JSON.stringify(join(import.meta.dirname, '../support/troubled-thread.cjs'))}`;

it('a request that an editor cancels is answered at once, whatever is being checked', async () => {
  const server = spawnServer(folder, troubled);
  const capabilities = { window: { workDoneProgress: true } };
  client = await startClient(folder, { server, capabilities });
  const { open, change, connection, progress, settled, uri } = client;
  open('settings.yaml', settings);
  await settled();
  const order: string[] = [];
  change('settings.yaml', settings.replace('data:', 'data: # take a while'));
  const judged = settled().then(() => order.push('judged'));
  const before = progress.length;
  // A check that takes its time is shown.
  await vi.waitFor(() => expect(progress.slice(before)).toMatchObject([{ kind: 'begin' }]), 10_000);
  const source = new CancellationTokenSource();
  const textDocument = { uri: uri('settings.yaml') };
  const params = { textDocument, position: { line: 3, character: 9 }, context: { includeDeclaration: true } };
  const answer = connection
    .sendRequest('textDocument/references', params, source.token)
    .catch(({ code }) => order.push(`cancelled with ${code}`));
  source.cancel();
  await answer;
  await judged;
  expect(order).toEqual(['cancelled with -32800', 'judged']);
}, 60_000);

describe('a check that is no longer wanted', () => {
  const questionOf = (text: string): Omit<JudgeQuestion, 'wanted'> => {
    const uri = pathToFileURL(join(folder, 'settings.yaml')).href;
    const folders = [pathToFileURL(folder).href];
    return { ask: 'judge', folders, documents: [{ uri, text }], first: [uri], isTypedOnly: false };
  };

  it('is not begun where a newer one waits', async () => {
    const told: Exclude<Told, { is: 'answer' | 'fault' }>[] = [];
    const thread = openJudgingThread(() => threadInProcess({ root: undefined }, folder), {
      hear: (one) => void told.push(one),
      onGone: () => undefined,
    });
    const first = thread.judge(questionOf(`${settings}wrong: 1\n`));
    const second = thread.judge(questionOf(settings));
    expect([await first.answer, await second.answer]).toEqual(['no longer needed', 'done']);
    expect(new Set(told.flatMap((one) => (one.is === 'news' ? [one.to] : [])))).toEqual(new Set([second.id]));
    thread.stop();
  });

  it('ends at its next step, and tells nothing', async () => {
    const wanted = new SharedArrayBuffer(4);
    const told: Told[] = [];
    let hear: (message: unknown) => void = () => undefined;
    const steps: string[] = [];
    const host: Pick<JudgingHost, 'open' | 'judge' | 'look'> = {
      open: () => ({
        url: pathToFileURL(`${folder}/`).href,
        fileSystem: memoryFileSystem(files),
        path: '',
        repository: { base: () => ({ problem: 'none', help: '' }), commit: () => undefined },
      }),
      look: () => undefined,
      judge(_, { onStep }) {
        onStep({ name: 'build' });
        steps.push('build');
        Atomics.store(new Int32Array(wanted), 0, 8);
        onStep({ name: 'admit' });
        throw new Error('it goes on');
      },
    };
    serveLooking(
      {
        given: undefined,
        post: (message) => void told.push(message as Told),
        listen: (listener) => {
          hear = listener;
        },
      },
      host,
      async (looking) =>
        openJudging(looking, { refute: () => undefined, today: () => '', needsWhole: () => false, ...host }),
    );
    Atomics.store(new Int32Array(wanted), 0, 7);
    hear({ id: 7, question: { ...questionOf(settings), first: [], wanted } } satisfies Asked);
    await new Promise(setImmediate);
    expect(steps).toEqual(['build']);
    const answers = told.flatMap((one): Answers[keyof Answers][] =>
      one.is === 'answer' ? [one.answer] : [],
    );
    expect(answers).toEqual(['no longer needed']);
    expect(told.filter(({ is }) => is === 'news' || is === 'fault')).toEqual([]);
  });
});
