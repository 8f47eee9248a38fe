import { describe, expect, it } from 'vitest';
import { guardWorkflowCommands, visible } from '../../src/report/visible.ts';

describe('visible', () => {
  it.each([
    ['\u001b[31mred', '<U+001B>[31mred'],
    ['\u009b31m', '<U+009B>31m'],
    ['a\u007f', 'a<U+007F>'],
    ['\u202egnp', '<U+202E>gnp'],
    ['\u2066x\u2069', '<U+2066>x<U+2069>'],
    ['a\u2028b\u2029c', 'a<U+2028>b<U+2029>c'],
    ['a\u200bb\u200ec\ufeff', 'a<U+200B>b<U+200E>c<U+FEFF>'],
    ['\u{e0041}', '<U+E0041>'],
    ['\ud800', '<U+D800>'],
    ['one\ntwo\tthree\r', 'one\\ntwo\\tthree\\r'],
  ])('spells out %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('leaves what people write alone', () => {
    const text = 'Grüße, 日本語, عربى, 🚀, “quoted” – done…';
    expect(visible(text)).toBe(text);
  });
});

describe('guardWorkflowCommands', () => {
  it.each([
    '::error file=a::boo',
    '  ::set-output name=x::y',
    '\u00a0::warning::z',
    'fine\n::stop-commands::x',
    'text ##[error]boo',
    '::::group::',
  ])('lets no command through: %j', (text) => {
    for (const line of guardWorkflowCommands(text).split('\n')) {
      expect(line.trim().startsWith('::')).toBe(false);
      expect(line).not.toContain('##[');
    }
  });

  it('leaves colons inside a line alone', () => {
    expect(guardWorkflowCommands('a::b is fine\nfd00::1 too')).toBe('a::b is fine\nfd00::1 too');
  });
});
