import { type Frame, lineAndByte } from '../template/template-error.ts';

const mostNamed = 3;

/** Who called whom until an evaluation stopped, the outermost first; nothing where the file itself stopped it. */
export function callChain(frames: readonly Frame[]): string {
  const calls = [...new Set(frames.slice(0, -1).map(callAt))];
  if (calls.length === 0) return '';
  const more = calls.length > mostNamed ? ' …' : '';
  return `; called by ${calls.slice(0, mostNamed).join(', ')}${more}`;
}

function callAt({ template, start, expression }: Frame): string {
  const { line } = lineAndByte(template.source.text, start);
  return `${expression ?? template.name} at ${template.source.name}:${line}`;
}
