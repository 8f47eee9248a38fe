// What an editor waits for while somebody types: a recorded burst of keys, ten a second, over standard input and output.
//   node bench/typing.mjs [FOLDER FILE [EDITS]]; npm run build first. With EDITS, so many keys follow, and the memory over them.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';

const root = fileURLToPath(new URL('..', import.meta.url));
const keyPause = 100;
/** Typed at the end of the file: keys of a comment, of a key, of a value, and what takes them back. */
const typed = '# a note\nspec:\n  repl';
const rounds = 3;

/** Opens a folder in the server and types into one of its files; milliseconds as the editor sees them. */
export async function measureTyping(
  folder,
  file,
  { cli = process.env.CLI ?? join(root, 'dist/cli.js'), edits = 0 } = {},
) {
  const server = spawn(process.execPath, [cli, 'lsp', '--stdio'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const uri = pathToFileURL(join(folder, file)).href;
  const rootUri = pathToFileURL(folder).href;
  let published = () => undefined;
  connection.onNotification('textDocument/publishDiagnostics', (params) => published(params));
  connection.listen();
  await connection.sendRequest('initialize', { processId: process.pid, rootUri, capabilities: {} });
  const text = readFileSync(join(folder, file), 'utf8');
  const begun = performance.now();
  connection.sendNotification('initialized', {});
  connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'yaml', version: 1, text },
  });
  const cold = { wall: await firstFor(uri, begun), cpu: cpuMilliseconds(server.pid) };
  await connection.sendRequest('cdb-lint/settled');
  const whole = performance.now() - begun;
  const found = { completion: [], hover: [], edited: [], settled: [], 'CPU of an edit': [] };
  let version = 1;
  const change = (to) =>
    connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: ++version },
      contentChanges: [{ text: to }],
    });
  for (let round = 0; round < rounds; round++) {
    for (let length = 1; length <= typed.length; length++) {
      const now = `${text.trimEnd()}\n${typed.slice(0, length)}`;
      change(now);
      const lines = now.split('\n');
      const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
      found.completion.push(await ask('completion', position));
      found.hover.push(await ask('hover', { line: Math.min(3, lines.length - 1), character: 4 }));
      await new Promise((next) => setTimeout(next, keyPause));
    }
    const at = performance.now();
    const cpu = cpuMilliseconds(server.pid);
    change(text.replace(/$/u, `\n# ${round}\n`));
    found.edited.push(await firstFor(uri, at));
    await connection.sendRequest('cdb-lint/settled');
    found.settled.push(performance.now() - at);
    found['CPU of an edit'].push(cpuMilliseconds(server.pid) - cpu);
  }
  const memory = [residentMegabytes(server.pid)];
  for (let edit = 1; edit <= edits; edit++) {
    change(
      `${text.trimEnd()}\n# ${typed
        .repeat(9)
        .replaceAll('\n', ' ')
        .slice(0, edit % 100)}\n`,
    );
    await new Promise((next) => setTimeout(next, keyPause));
    // Somebody stops to read now and then.
    if (edit % 20 === 0) await connection.sendRequest('cdb-lint/settled');
    if (edit % Math.ceil(edits / 10) === 0) memory.push(residentMegabytes(server.pid));
  }
  connection.sendNotification('exit');
  return { cold, whole, memory, ...found };

  async function ask(method, position) {
    const at = performance.now();
    await connection
      .sendRequest(`textDocument/${method}`, { textDocument: { uri }, position })
      .catch(() => undefined);
    return performance.now() - at;
  }

  function firstFor(wanted, at) {
    return new Promise((next) => {
      published = (params) => {
        if (params.uri === wanted) next(performance.now() - at);
      };
      // Where nothing is found nothing is told before all is judged.
      setTimeout(
        () => connection.sendRequest('cdb-lint/settled').then(() => next(performance.now() - at)),
        300,
      );
    });
  }
}

/** Of all threads of a process, since its start. */
function cpuMilliseconds(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /u, '')
      .split(' ');
    // In ticks of a hundredth of a second: user and system.
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}

function residentMegabytes(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

export function percentile(list, share) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = root, file = 'k8s/base/network-policies.yaml', edits = '0'] = process.argv.slice(2);
  const measured = await measureTyping(resolve(folder), file, { edits: Number(edits) });
  const { cold, whole, memory, ...lists } = measured;
  const ms = (value) => `${Math.round(value)} ms`;
  process.stdout.write(
    `first findings of the file ${ms(cold.wall)} (CPU since the start ${ms(cold.cpu)}), all ${ms(whole)}, ${memory.map(Math.round).join(', ')} MB\n`,
  );
  for (const [what, list] of Object.entries(lists))
    process.stdout.write(
      `${what}: median ${ms(percentile(list, 0.5))}, p95 ${ms(percentile(list, 0.95))}, worst ${ms(Math.max(...list))} of ${list.length}\n`,
    );
}
