import { describe, expect, it } from 'vitest';
import { readMadeText } from '../../src/object/made-document.ts';
import { spanOfPlace } from '../../src/object/place.ts';
import { locateField, originOfEntry, type TextSource, type Tracked } from '../../src/object/provenance.ts';
import { joinMade, type MadeText, madeText } from '../../src/source/made-text.ts';
import type { Path } from '../../src/source/value.ts';

const values = { path: 'values.yaml', text: 'name: web\nports: [80, 443]\nimage: shop/web\n' };

function valueAtText(text: string) {
  const start = values.text.indexOf(text);
  return originOfEntry('values', { file: values, start, end: start + text.length });
}

/** Fills `<word>` of a template with texts from the values. */
function fill(template: string, given: Readonly<Record<string, string>>): MadeText<TextSource> {
  const file = { path: 'templates/service.yaml', text: template };
  const origin = originOfEntry('template', { file, start: 0, end: 0 });
  const own: TextSource = { template: origin, text: template, values: [] };
  const parts = [...template.matchAll(/<(\w+)>|[^<]+/gu)].map(({ 0: found, 1: name, index }) => {
    if (name === undefined) return madeText(found, own, index);
    const part = { start: index, end: index + found.length };
    return madeText(given[name] ?? '', { ...own, part, values: [valueAtText(given[name] ?? '')] });
  });
  return joinMade(parts);
}

const template = `kind: Service
metadata:
  name: <name>-<port>
spec:
  image: "<image>:1"
  ports: <ports>
  note: |
    first line
    calls <name> here
---
kind: <name>
`;
const made = fill(template, { name: 'web', port: '80', image: 'shop/web', ports: '[80, 443]' });
const { documents } = readMadeText(made, 'made', 'api-server');

function linesOf(path: Path, part?: 'key' | 'value'): string[] {
  const [document] = documents as [Tracked];
  const { span, steps } = locateField(document, path, part);
  return [span, ...steps.map((step) => step.span)].map((one) => {
    if (one === undefined) return 'nowhere';
    const line = one.file.text.slice(0, one.start).split('\n').length;
    return `${one.file.path}:${line} ${one.file.text.slice(one.start, one.end)}`;
  });
}

describe('a made text, read as a file', () => {
  it('has the values of the text', () => {
    expect(documents.map(({ value }) => value)).toEqual([
      {
        kind: 'Service',
        metadata: { name: 'web-80' },
        spec: { image: 'shop/web:1', ports: [80, 443], note: 'first line\ncalls web here\n' },
      },
      { kind: 'web' },
    ]);
  });

  it('names the line of the template and of every value that was put in', () => {
    expect(linesOf(['metadata', 'name'])).toEqual([
      'values.yaml:2 80',
      'templates/service.yaml:3 name: <name>-<port>',
      'values.yaml:1 web',
      'values.yaml:2 80',
    ]);
    expect(linesOf(['spec', 'ports', 1])[0]).toBe('values.yaml:2 [80, 443]');
  });

  it('points at the template where it is there, at keys and below missing fields as well', () => {
    expect(linesOf(['kind'])[0]).toBe('templates/service.yaml:1 Service');
    expect(linesOf(['metadata', 'name'], 'key')[0]).toBe('values.yaml:2 80');
    expect(linesOf(['metadata'], 'key')[0]).toBe('templates/service.yaml:2 metadata');
    expect(linesOf(['spec', 'selector'])[0]).toBe('templates/service.yaml:4 spec');
  });

  it('points at the part of a string, whether the template or a value has it', () => {
    const [document] = documents as [Tracked];
    const at = (text: string): string => {
      const note = 'first line\ncalls web here\n';
      const start = note.indexOf(text);
      const span = spanOfPlace([document, 'spec', 'note'], { start, end: start + text.length });
      return span === undefined
        ? 'nowhere'
        : `${span.file.path}:${span.file.text.slice(0, span.start).split('\n').length} ${span.file.text.slice(span.start, span.end)}`;
    };
    expect(at('web')).toBe('values.yaml:1 web');
    expect(at('calls')).toBe('templates/service.yaml:9 calls');
    expect(at('line')).toBe('templates/service.yaml:8 line');
  });

  it('tells of what cannot be read where the template has it', () => {
    const { diagnostics } = readMadeText(fill('a: <name>\na: 2\n', { name: 'web' }), 'made', 'api-server');
    expect(diagnostics.map(({ rule, span }) => `${rule} ${span.file.path} ${span.start}`)).toEqual([
      'duplicate-key templates/service.yaml 10',
    ]);
  });
});
