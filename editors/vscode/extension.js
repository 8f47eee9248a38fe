// Starts the server and shows what VS Code has no place for: everything else it knows by the protocol.
const vscode = require('vscode');
const { LanguageClient, TransportKind } = require('vscode-languageclient/node');
const { openProblems } = require('./problems.js');
const { openRendered } = require('./rendered.js');

let client;

exports.activate = async (context) => {
  const problems = openProblems();
  client = newClient(problems);
  const rendered = openRendered(() => client);
  const commands = {
    'cdb-lint.showRendered': rendered.show,
    'cdb-lint.plan': () => runInTerminal('plan'),
    'cdb-lint.graph': () => runInTerminal('graph', '.'),
    'cdb-lint.restart': () => {
      problems.clear();
      return client.restart();
    },
  };
  context.subscriptions.push(
    client,
    ...problems.providers,
    ...rendered.providers,
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run)),
  );
  await client.start();
};

exports.deactivate = () => client?.stop();

/** The client adds `--stdio` itself. */
function newClient(problems) {
  const [command, ...args] = commandLine('lsp');
  const run = {
    command,
    args,
    transport: TransportKind.stdio,
    options: { shell: process.platform === 'win32' },
  };
  return new LanguageClient(
    'cdb-lint',
    'cdb-lint',
    { run, debug: run },
    {
      documentSelector: [
        { scheme: 'file', language: 'yaml' },
        { scheme: 'file', language: 'helm' },
        { scheme: 'file', pattern: '**/kustomization' },
      ],
      synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/*') },
      middleware: {
        handleDiagnostics(uri, diagnostics, next) {
          problems.take(uri, diagnostics);
          next(uri, diagnostics);
        },
      },
    },
  );
}

/** As the settings have it. */
function commandLine(...args) {
  const settings = vscode.workspace.getConfiguration('cdb-lint');
  const root = settings.get('root');
  return [...settings.get('command'), ...args, ...(root ? ['--root', root] : [])];
}

/** What is long and coloured is read in a terminal. */
function runInTerminal(...args) {
  const [shellPath, ...shellArgs] = commandLine(...args);
  const terminal = vscode.window.createTerminal({
    name: `cdb-lint ${args[0]}`,
    cwd: vscode.workspace.workspaceFolders?.[0]?.uri,
    shellPath,
    shellArgs,
  });
  terminal.show();
}
