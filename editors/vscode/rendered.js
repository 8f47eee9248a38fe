// An object as a build renders it: a document without a file, whose lines lead back to those that made them.
const vscode = require('vscode');

const scheme = 'cdb-lint-rendered';

exports.openRendered = (clientOf) => {
  const shown = new Map();
  const content = { provideTextDocumentContent: (uri) => shown.get(uri.toString())?.text ?? '' };
  const definition = {
    provideDefinition(document, { line }) {
      const from = shown.get(document.uri.toString())?.lines.filter((one) => one.line === line) ?? [];
      const range = ({ start, end }) =>
        new vscode.Range(start.line, start.character, end.line, end.character);
      return from.map((one) => new vscode.Location(vscode.Uri.parse(one.uri), range(one.range)));
    },
  };

  async function show(uri, line) {
    const editor = vscode.window.activeTextEditor;
    const document = uri === undefined || typeof uri !== 'string' ? editor?.document.uri.toString() : uri;
    if (document === undefined) return;
    const at = typeof line === 'number' ? { line: line + 1, character: 0 } : editor.selection.active;
    const ask = (root) =>
      clientOf().sendRequest('cdb-lint/rendered', { textDocument: { uri: document }, position: at, root });
    try {
      const first = await ask();
      const root = first.roots.length < 2 ? first.root : await vscode.window.showQuickPick(first.roots);
      if (root === undefined) return;
      const answer = root === first.root ? first : await ask(root);
      const target = vscode.Uri.parse(`${scheme}:/${root}/rendered.yaml?${encodeURIComponent(document)}`);
      shown.set(target.toString(), answer);
      await vscode.window.showTextDocument(target, { preview: true, viewColumn: vscode.ViewColumn.Beside });
    } catch (error) {
      vscode.window.showInformationMessage(`cdb-lint: ${error.message}`);
    }
  }

  return {
    show,
    providers: [
      vscode.workspace.registerTextDocumentContentProvider(scheme, content),
      vscode.languages.registerDefinitionProvider({ scheme }, definition),
    ],
  };
};
