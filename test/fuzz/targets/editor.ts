import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ErrorCodes, ResponseError } from 'vscode-jsonrpc';
import {
  type LanguageClient,
  type Overheard,
  startClient,
  startServer,
} from '../../support/language-client.ts';
import { numbersOf, textsOf } from './numbers.ts';

const onDisk = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}\n',
  'over/kustomization.yaml': 'resources: [../base]\nnamePrefix: a-\n',
  'over/patch.yaml': '',
};
const folder = mkdtempSync(join(tmpdir(), 'cdb-lint-fuzz-editor-'));
for (const [path, text] of Object.entries(onDisk)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const paths = ['over/kustomization.yaml', 'over/patch.yaml', 'base/web.yaml', 'cdb-lint.yaml'];
const methods = [
  'hover',
  'completion',
  'definition',
  'references',
  'rename',
  'codeAction',
  'documentSymbol',
  'documentLink',
  'foldingRange',
  'codeLens',
  'inlayHint',
];
const mostRequests = 6;

/** What an editor types into four files, one after the other and once more, and what it then asks for: the first bytes say which request, and where. */
export async function fuzz(data: Uint8Array): Promise<void> {
  const next = numbersOf(data);
  const asked = Array.from({ length: mostRequests }, () => [next(), next(), next()] as const);
  const texts = textsOf(data.subarray(mostRequests * 3));
  const overheard: Overheard = { questions: [], told: [] };
  const server = startServer(folder, overheard);
  const client = await startClient(folder, { server });
  for (const [index, path] of paths.entries()) client.open(path, texts[index] ?? '');
  const before = Promise.allSettled(asked.map((one) => ask(client, texts, one)));
  for (const [index, path] of paths.entries())
    client.change(path, texts[index + paths.length] ?? texts[index] ?? '');
  await client.settled();
  const after = Promise.allSettled(asked.map((one) => ask(client, texts, one)));
  for (const answer of [...(await before), ...(await after)]) refuseFault(answer);
  const faults = overheard.told.filter(({ is }) => is === 'fault');
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  const exitCode = await client.end();
  if (exitCode !== 0) throw new Error(`the server ended with ${exitCode}: ${server.stderr()}`);
}

function ask(
  client: LanguageClient,
  texts: readonly string[],
  [what, where, at]: readonly [number, number, number],
): Promise<unknown> {
  const file = Math.floor(where * paths.length);
  const before = (texts[file] ?? '').slice(0, Math.floor(at * (texts[file] ?? '').length)).split('\n');
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  const method = methods[Math.floor(what * methods.length)] ?? 'hover';
  return client.connection.sendRequest(`textDocument/${method}`, {
    textDocument: { uri: client.uri(paths[file] ?? '') },
    position,
    range: { start: position, end: { line: position.line + 3, character: 0 } },
    context: { diagnostics: [], includeDeclaration: true },
    newName: 'renamed',
  });
}

/** A request may be refused with words of our own, and not because something stumbled over it. */
function refuseFault(answer: PromiseSettledResult<unknown>): void {
  if (answer.status === 'fulfilled') return;
  const { reason } = answer;
  if (!(reason instanceof ResponseError) || reason.code === ErrorCodes.InternalError) throw reason;
}
