// Starts the editors that are installed, each with its configuration in docs/editors.md, and looks for what the server says.
//   node scripts/try-editors.mjs; npm run build first
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const guide = readFileSync(join(root, 'docs/editors.md'), 'utf8');
const patience = 120_000;

const manifest = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: two
`;
const expected = {
  diagnostics: 'must be a 32-bit integer',
  hover: 'Number of desired pods',
  completion: 'minReadySeconds',
};

const neovimProbe = `
vim.wait(${patience}, function() return #vim.diagnostic.get(0) > 0 end, 50)
local document = vim.lsp.util.make_text_document_params(0)
local function ask(what, character)
  local params = { textDocument = document, position = { line = 5, character = character } }
  io.stdout:write(vim.inspect(vim.lsp.buf_request_sync(0, 'textDocument/' .. what, params, ${patience})))
end
io.stdout:write(vim.inspect(vim.diagnostic.get(0)))
ask('hover', 4)
ask('completion', 2)
`;
const emacsProbe = `
(find-file "web.yaml")
(define-derived-mode yaml-mode text-mode "YAML")
(yaml-mode)
(let ((default-directory default-directory)) (call-interactively #'eglot))
(while (null (flymake-diagnostics)) (flymake-start) (accept-process-output nil 0.2))
(dolist (one (flymake-diagnostics)) (message "%s" (flymake-diagnostic-text one)))
(goto-char (point-min))
(search-forward "repl")
(dolist (what '(:textDocument/hover :textDocument/completion))
  (message "%S" (eglot--request (eglot-current-server) what (eglot--TextDocumentPositionParams))))
`;

/** The command, where its configuration goes, and how it is driven without a person. */
const editors = {
  Neovim: {
    command: 'nvim',
    files: { 'nvim/init.lua': block('Neovim', 'lua'), 'probe.lua': neovimProbe },
    args: (home) => ['--headless', 'web.yaml', '-c', `luafile ${join(home, 'probe.lua')}`, '-c', 'qa!'],
  },
  Helix: {
    command: 'hx',
    files: { 'helix/languages.toml': block('Helix', 'toml') },
    args: () => ['web.yaml'],
    // Keys, each after what the screen must show before.
    keys: [
      [expected.diagnostics, '6Gee k'],
      [expected.hover, '\u001b\u001bomin'],
      [expected.completion, '\u001b\u001b:q!\r'],
    ],
  },
  Emacs: {
    command: 'emacs',
    files: { 'init.el': block('Emacs', 'elisp'), 'probe.el': emacsProbe },
    args: (home) => ['--batch', '-l', 'eglot', '-l', join(home, 'init.el'), '-l', join(home, 'probe.el')],
  },
};

/** The first block of a language below a heading. */
function block(heading, language) {
  const below = guide.slice(guide.search(new RegExp(`^### ${heading}`, 'mu')));
  return new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'su').exec(below)?.[1] ?? '';
}

function write(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** What an editor shows of the server, as text. */
async function shownBy({ command, files, args, keys }, home) {
  const folder = join(home, 'repository');
  write(home, files);
  write(folder, { 'kustomization.yaml': 'resources: [web.yaml]\n', 'web.yaml': manifest });
  write(join(home, 'bin'), { 'cdb-lint': `#!/bin/sh\nexec node ${join(root, 'dist/cli.js')} "$@"\n` });
  chmodSync(join(home, 'bin/cdb-lint'), 0o755);
  spawnSync('git', ['init', '--quiet'], { cwd: folder });
  const env = {
    ...process.env,
    PATH: `${join(home, 'bin')}:${process.env.PATH}`,
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_STATE_HOME: join(home, 'state'),
    TERM: 'xterm-256color',
  };
  const words = [command, ...args(home)];
  // An editor without a mode for programs gets a terminal.
  const [program, ...rest] =
    keys === undefined ? words : ['script', '-qec', `stty rows 50 cols 200; ${words.join(' ')}`, '/dev/null'];
  const editor = spawn(program, rest, { cwd: folder, env });
  const timer = setTimeout(() => editor.kill(), patience);
  let shown = '';
  const left = [...(keys ?? [])];
  const hear = (part) => {
    shown += String(part);
    if (left.length === 0 || !shown.includes(left[0][0])) return;
    const [, typed] = left.shift();
    for (const [index, key] of [...typed].entries()) setTimeout(() => editor.stdin.write(key), 300 * index);
  };
  editor.stdout.on('data', hear);
  editor.stderr.on('data', hear);
  await new Promise((resolve) => editor.once('exit', resolve));
  clearTimeout(timer);
  return shown;
}

for (const [name, editor] of Object.entries(editors)) {
  const version = spawnSync(editor.command, ['--version'], { encoding: 'utf8' });
  if (version.error !== undefined) {
    process.stdout.write(`${name}: not installed\n`);
    continue;
  }
  const home = mkdtempSync(join(tmpdir(), 'cdb-lint-editor-'));
  try {
    const shown = await shownBy(editor, home);
    const lacks = Object.keys(expected).filter((what) => !shown.includes(expected[what]));
    const [first] = version.stdout.split('\n');
    process.stdout.write(`${first}: ${lacks.length === 0 ? 'all shown' : `lacks ${lacks.join(', ')}`}\n`);
    if (lacks.length > 0) process.exitCode = 1;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
