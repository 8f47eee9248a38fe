import { codeSpan } from '../../report/markdown/markdown-text.ts';
import type { SchemaNode } from '../../schema/schema-node.ts';

/** What is known of a place, in Markdown: words of who made it, its type, what it may be and is by itself. */
export function documentationOf(node: SchemaNode, isRequired = false): string {
  const facts = [
    codeSpan(node.type),
    ...(isRequired ? ['required'] : []),
    ...(node.fallback === undefined ? [] : [`default ${codeSpan(node.fallback)}`]),
  ];
  const values = node.values ?? [];
  return [
    node.words(),
    facts.join(', '),
    ...(values.length === 0 || values.length > shown ? [] : [values.map(codeSpan).join(', ')]),
  ]
    .filter((part) => part !== undefined)
    .join('\n\n');
}

const shown = 30;
