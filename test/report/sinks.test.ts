import { describe, expect, it } from 'vitest';
import { html, withCode } from '../../src/report/html/html-text.ts';
import { jsonLine, jsonText } from '../../src/report/machine/json-text.ts';
import { workflowCommand } from '../../src/report/machine/workflow-command.ts';
import { element, text } from '../../src/report/machine/xml.ts';
import { codeCell, codeElement, codeSpan, fenced } from '../../src/report/markdown/markdown-text.ts';
import { visibleLines } from '../../src/report/visible.ts';

describe('HTML', () => {
  it('escapes strings and numbers, and takes what is HTML already as it is, alone and in lists', () => {
    const name = html`<b>${'<i>'}</b>`;
    expect(name.markup).toBe('<b>&lt;i&gt;</b>');
    expect(html`<p>${name}, ${3} of ${[name, name]}</p>`.markup).toBe(
      '<p><b>&lt;i&gt;</b>, 3 of <b>&lt;i&gt;</b><b>&lt;i&gt;</b></p>',
    );
    expect(html`<a title="${`"'&#:`}">`.markup).toBe('<a title="&quot;&#39;&amp;&#35;&#58;">');
  });

  it('spells out what no one sees', () => {
    expect(html`${'\u202e'}`.markup).toBe('&lt;U+202E&gt;');
  });

  it('makes code of what stands between backticks, and escapes all of it', () => {
    expect(withCode('set `a<b` or `c`, not ``').markup).toBe(
      'set <code>a&lt;b</code> or <code>c</code>, not ``',
    );
  });
});

describe('lines of text', () => {
  it('keep their ends and tabs, and spell out the rest', () => {
    expect(visibleLines('one\n\ttwo\r\n\u001b[31m\u200bthree')).toBe(
      'one\n\ttwo\r\n<U+001B>[31m<U+200B>three',
    );
  });
});

describe('commands to the runner', () => {
  it('have properties only where there are some', () => {
    expect(workflowCommand('endgroup', {}, '')).toBe('::endgroup::');
    expect(workflowCommand('error', { file: undefined }, 'a')).toBe('::error::a');
    expect(workflowCommand('error', { file: 'a,b:c', line: 3 }, 'x\r\n::y%')).toBe(
      '::error file=a%2Cb%3Ac,line=3::x%0D%0A::y%25',
    );
  });
});

describe('XML', () => {
  it('puts tests on lines of their own, and nothing else', () => {
    expect(element('testsuite', { name: 'a' }, ['<a/>', '<b/>'])).toBe(
      '<testsuite name="a"><a/>\n<b/></testsuite>',
    );
    expect(element('latest', {}, ['<a/>', '<b/>'])).toBe('<latest><a/><b/></latest>');
    expect(element('testcase', { a: '1\n2', b: undefined })).toBe('<testcase a="1&#10;2"/>');
  });

  it.each(['::error::x', '   ::error::x', '\t\t::error::x', 'a\n  ::error::x'])(
    'hides a command: %j',
    (line) => {
      for (const one of text(line).split('\n')) expect(one.trim().startsWith('::')).toBe(false);
    },
  );

  it('leaves out what XML cannot say', () => {
    expect(text('a\u0000\u0008\ud800\ufffeb\tc\u{1f600}')).toBe('ab\tc\u{1f600}');
    expect(text(`<&>"'##[x]`)).toBe('&lt;&amp;&gt;&quot;&apos;#&#35;[x]');
  });
});

describe('JSON', () => {
  it('is the same JSON, in which nothing is invisible and nothing is a command', () => {
    const value = { a: ['##[error]x', '\u202e\u{e0001}\u0007'] };
    const line = jsonLine(value);
    expect(line).toBe('{"a":["#\\u0023[error]x","\\u202e\\udb40\\udc01\\u0007"]}\n');
    expect(JSON.parse(line)).toEqual(value);
    expect(jsonText({ a: 'b' })).toBe('{\n  "a": "b"\n}\n');
  });
});

describe('Markdown', () => {
  it.each([
    ['a', '`a`'],
    ['', '`  `'],
    [' a', '`  a `'],
    ['a`', '`` a` ``'],
    ['a``b`c', '```a``b`c```'],
    ['\u202e', '`<U+202E>`'],
  ])('holds %j in a span that it cannot end: %j', (given, span) => {
    expect(codeSpan(given)).toBe(span);
  });

  it.each([
    ['apps/web.yaml:3', '`apps/web.yaml:3`'],
    ['a|b', '<code>a&#124;b</code>'],
    ['|a', '<code>&#124;a</code>'],
    ['<b>', '<code>&#60;b&#62;</code>'],
    [' a', '<code> a</code>'],
    ['a ', '<code>a </code>'],
    ['', '<code></code>'],
  ])('holds %j in a cell as %j', (given, cell) => {
    expect(codeCell(given)).toBe(cell);
  });

  it('holds any sign of Markdown or HTML as an entity in an element', () => {
    expect(codeElement('a1 -_`*[](@#')).toBe('<code>a1 -&#95;&#96;&#42;&#91;&#93;&#40;&#64;&#35;</code>');
  });

  it('has fences that no line closes', () => {
    expect(fenced(['a', '````b'], 'suggestion')).toBe('`````suggestion\na\n````b\n`````');
    expect(fenced(['a'])).toBe('```text\na\n```');
  });
});
