// What is found, by the environments that it holds in: the problem view of VS Code groups by file alone.
const vscode = require('vscode');
const { groupByEntryPoint } = require('./by-entry-point.js');

const icons = ['error', 'warning', 'info', 'lightbulb'];

exports.openProblems = () => {
  const byUri = new Map();
  const changed = new vscode.EventEmitter();
  const view = vscode.window.registerTreeDataProvider('cdb-lint.problems', {
    onDidChangeTreeData: changed.event,
    getChildren: (group) => (group === undefined ? groupByEntryPoint(byUri) : (group.found ?? [])),
    getTreeItem: (one) => (one.found === undefined ? problemItem(one) : groupItem(one)),
  });
  return {
    providers: [view, changed],
    take(uri, diagnostics) {
      if (diagnostics.length === 0) byUri.delete(uri.toString());
      else byUri.set(uri.toString(), diagnostics);
      changed.fire();
    },
    clear() {
      byUri.clear();
      changed.fire();
    },
  };
};

function groupItem({ name, found }) {
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = name;
  item.description = String(found.length);
  return item;
}

function problemItem({ uri, diagnostic }) {
  const { message, severity, range, code } = diagnostic;
  const [title] = message.split('\n');
  const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.None);
  const place = vscode.Uri.parse(uri);
  item.description = `${vscode.workspace.asRelativePath(place)}:${range.start.line + 1}`;
  item.tooltip = `${code?.value ?? code}\n${message}`;
  item.iconPath = new vscode.ThemeIcon(icons[severity] ?? 'info');
  item.command = { command: 'vscode.open', title: 'Open', arguments: [place, { selection: range }] };
  return item;
}
