import { html, withCode } from '../../../src/report/html/html-text.ts';
import { jsonLine, jsonText } from '../../../src/report/machine/json-text.ts';
import { workflowCommand } from '../../../src/report/machine/workflow-command.ts';
import { element, text as xml } from '../../../src/report/machine/xml.ts';
import { codeCell, codeElement, codeSpan, fenced } from '../../../src/report/markdown/markdown-text.ts';
import { guardWorkflowCommands, visible, visibleLines } from '../../../src/report/visible.ts';
import { textsOf } from './numbers.ts';

const hidden =
  /[\0-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\u{e0001}-\u{e007f}]|\p{Cs}/u;

const entity = /&(?:\w+|#\d+);/gu;

/** A text in each of the languages that reports are written in: it ends nothing, hides nothing and commands nothing there, and stays what it is. */
export function fuzz(data: Uint8Array): void {
  const [text = '', other = ''] = textsOf(data);
  const shown = visible(text);
  require(!hidden.test(shown), 'is visible', shown);
  require(visible(shown) === shown, 'is spelled out once', shown);
  require(!hidden.test(visibleLines(text).replaceAll(/[\n\r\t]/gu, '')), 'has visible lines', text);
  const markup = html`${text}`.markup;
  require(!/[<>"'#:]/u.test(markup.replaceAll(entity, '')), 'is no HTML', markup);
  require(withoutEntities(markup) === shown, 'is the same in HTML', markup);
  const code = withCode(text).markup.replaceAll(/<\/?code>/gu, '');
  require(!/[<>"'#:]/u.test(code.replaceAll(entity, '')), 'is no HTML in code', code);
  for (const line of [jsonLine([text, other]), jsonText({ [text]: other })]) {
    require(!line.includes('##[') &&
      !hidden.test(line.replaceAll('\n', '')), 'commands nothing in JSON', line);
    const value = JSON.parse(line) as unknown;
    const expected = line.startsWith('[') ? [text, other] : { [text]: other };
    require(JSON.stringify(value) === JSON.stringify(expected), 'is the same in JSON', line);
  }
  const written = element('testcase', { name: text }, [xml(other)]);
  require(/^<testcase name="[^"<>\n]*">[^<>]*<\/testcase>$/u.test(written), 'is no XML', written);
  require(!/##\[|^\s*::/mu.test(xml(other)), 'commands nothing in XML', xml(other));
  const command = workflowCommand('error', { file: text, title: other }, text);
  require(!/[\n\r]/u.test(command), 'is one command', command);
  require(/^::error file=[^:,]*,title=[^:,]*::/u.test(command), 'is a command', command);
  require(!/##\[|^[^\S\n]*::/mu.test(guardWorkflowCommands(text)), 'commands nothing', text);
  requireMarkdown(shown, text, other);
}

function requireMarkdown(shown: string, text: string, other: string): void {
  const span = codeSpan(text);
  const [, ticks = '', inner = ''] = /^(`+)(.*?)\1$/su.exec(span) ?? [];
  const isOnly = !inner.split(/[^`]+/u).includes(ticks);
  require(isOnly && inner.replace(/^ (.*) $/su, '$1') === shown, 'is one span of code', span);
  require(!/[<>`*_[\]!|]/u.test(codeElement(text).slice(6, -7)), 'is no Markdown', codeElement(text));
  require(!/[|\n]/u.test(codeCell(text)), 'is one cell', codeCell(text));
  const lines = [text, other].flatMap((one) => one.split(/\r\n?|\n/u));
  const [first = '', ...rest] = fenced(lines).split('\n');
  const fence = /^`+/u.exec(first)?.[0] ?? '';
  const ends = rest.findIndex((line) => line.trim().startsWith(fence));
  require(ends === lines.length, 'stands in one fence', first);
}

function withoutEntities(markup: string): string {
  const entities = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };
  return markup.replaceAll(entity, (one) =>
    one.startsWith('&#')
      ? String.fromCodePoint(Number(one.slice(2, -1)))
      : (entities[one as keyof typeof entities] ?? '?'),
  );
}

function require(isTrue: boolean, what: string, text: string): void {
  if (!isTrue) throw new Error(`not true: ${what}: ${JSON.stringify(text)}`);
}
