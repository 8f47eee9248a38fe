import { describe, expect, it } from 'vitest';
import { evaluateTemplate } from '../../src/reconcile/flux/evaluate-template.ts';
import { parseTemplate } from '../../src/reconcile/flux/substitution-template.ts';

const variables: Record<string, string> = {
  name: 'Hello-World',
  path: 'a/b/c.tar.gz',
  empty: '',
  umlaut: 'Österreich',
  sharp: 'ßäŉ',
  dotted: 'İΣ',
  greek: 'ΑΣ',
};

function evaluate(text: string): string {
  const template = parseTemplate(text);
  return 'error' in template
    ? `error: ${template.error}`
    : (evaluateTemplate(template, (name) => variables[name]) ?? 'too long');
}

describe('the variable functions of envsubst', () => {
  it.each([
    ['${name}', 'Hello-World'],
    ['<${name}>', '<Hello-World>'],
    ['$${name}', '${name}'],
    ['$$${name}', '$Hello-World'],
    ['a $ b $1 $name', 'a $ b $1 $name'],
    ['a$$b', 'a$b'],
    ['${none:=x}', 'x'],
    ['${none:-x y}', 'x y'],
    ['${none=x}', 'x'],
    ['${empty:=x}', 'x'],
    ['${name:+x}', 'Hello-World'],
    ['${none:=}', ''],
    ['${none:=${name}!}', 'Hello-World!'],
    ['${none:=a${none:-b}c}', 'abc'],
    ['${name,}', 'hello-World'],
    ['${name,,}', 'hello-world'],
    ['${name^^}', 'HELLO-WORLD'],
    ['${sharp^^} ${sharp^} ${dotted,,} ${dotted,} ${greek,,}', 'ßÄŉ ßäŉ iσ iΣ ασ'],
    ['${#name}', '11'],
    ['${#umlaut}', '11'],
    ['${name:6}', 'World'],
    ['${name:0:5}', 'Hello'],
    ['${name:-5}', 'Hello-World'],
    ['${name:100}', ''],
    ['${path##*/}', 'c.tar.gz'],
    ['${path#*/}', 'b/c.tar.gz'],
    ['${path%.*}', 'a/b/c.tar'],
    ['${path%%.*}', 'a/b/c'],
    ['${name/l/L}', 'HeLlo-World'],
    ['${name//l/L}', 'HeLLo-WorLd'],
    ['${name//-/}', 'HelloWorld'],
    ['${path//\\//-}', 'a-b-c.tar.gz'],
    ['${name/#Hello/Bye}', 'Bye-World'],
    ['${name/%World/All}', 'Hello-All'],
    ['${name:1:-1}', 'ello-Worl'],
    ['${name:8:-9}', ''],
    ['${umlaut:2:5}', 'sterr'],
    ['${name:0::5}', 'Hello'],
    ['${name/l//}', 'Helo-World'],
    ['${name//l///${none:=L}}', 'HeLLo-WorLd'],
    ['${name//${empty}/.}', '.H.e.l.l.o.-.W.o.r.l.d.'],
    ['${path##*[/]}', 'c.tar.gz'],
    ['${path#[^x]/}', 'b/c.tar.gz'],
    ['${path#[a-}', 'a/b/c.tar.gz'],
    ['${name:Ö}', 'error: bad substitution'],
  ])('%s is %s', (text, expected) => {
    expect(evaluate(text)).toBe(expected);
  });

  it('leaves what has no value as it is written', () => {
    expect(evaluate('${none} ${none^^} ${name}')).toBe('${none} ${none^^} Hello-World');
  });

  it.each([
    '${',
    '${}',
    '${name',
    '${name[@]}',
    '${{ name }}',
    '${name-x}',
    '${none:=',
    '${name%}',
    '${ name }',
  ])('refuses %s', (text) => {
    expect(evaluate(text)).toMatch(/^error: /u);
  });

  it('stays within its length', () => {
    const template = parseTemplate('${big}'.repeat(100));
    expect(
      'error' in template ? template : evaluateTemplate(template, () => 'x'.repeat(1_000_000)),
    ).toBeUndefined();
  });

  it('stays within its depth', () => {
    expect(evaluate('${a:='.repeat(5000))).toMatch(/nested too deeply/u);
  });
});
