import type { BranchNode, CommandNode, InvocationNode, Operand, PipeNode } from './node.ts';

/** What errors call a node: its text as Go's parser prints it (text/template/parse/node.go). */
export function formatNode(node: Operand | CommandNode | BranchNode | InvocationNode): string {
  if ('operands' in node) return node.operands.map(formatOperand).join(' ');
  switch (node.kind) {
    case 'if':
    case 'with':
    case 'range':
      return `{{${node.kind} ${formatPipe(node.pipe)}}}`;
    case 'template':
      return formatInvocation(node);
    case 'pipe':
      return formatPipe(node);
    default:
      return formatOperand(node);
  }
}

function formatInvocation({ name, pipe }: InvocationNode): string {
  return `{{template ${JSON.stringify(name)}${pipe === undefined ? '' : ` ${formatPipe(pipe)}`}}}`;
}

function formatPipe({ names, declares, commands }: PipeNode): string {
  const set = names.length === 0 ? '' : `${names.join(', ')} ${declares ? ':=' : '='} `;
  return set + commands.map(formatNode).join(' | ');
}

function formatOperand(node: Operand): string {
  switch (node.kind) {
    case 'pipe':
      return `(${formatPipe(node)})`;
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'bool':
      return String(node.value);
    case 'number':
      return node.text;
    case 'string':
      return node.quoted;
    case 'function':
      return node.name;
    case 'field':
      return node.path.map((name) => `.${name}`).join('');
    case 'variable':
      return [node.name, ...node.path].join('.');
    case 'chain':
      return formatOperand(node.of) + node.path.map((name) => `.${name}`).join('');
  }
}
