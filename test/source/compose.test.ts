import { describe, expect, it } from 'vitest';
import { composeDocument, TooDeep } from '../../src/source/yaml/compose.ts';
import type { Node } from '../../src/source/yaml/node.ts';
import { Refusal } from '../../src/source/yaml/refusal.ts';

/** A node in one line: its anchor, its tag, how it is written, what is in it, and where it stands. */
function show(node: Node): string {
  const at = `@${node.start}-${node.end}`;
  if (node.kind === 'alias') return `*${node.name}${at}=${node.target.kind}${node.target.start}`;
  const anchor = node.anchor === undefined ? '' : `&${node.anchor} `;
  const named = node.tag === undefined ? anchor : `${anchor}<${node.tag}> `;
  if (node.kind === 'scalar') {
    const style = node.style === 'plain' ? '' : node.style.charAt(0);
    return `${named}${style}${JSON.stringify(node.text)}${at}`;
  }
  const form = node.isFlow ? '' : 'block';
  if (node.kind === 'sequence') return `${named}${form}[${node.items.map(show).join(', ')}]${at}`;
  return `${named}${form}{${node.pairs.map(({ key, value }) => `${show(key)}: ${show(value)}`).join(', ')}}${at}`;
}

function compose(
  text: string,
  range: readonly [number, number] = [0, text.length],
  depth = 100,
): readonly [node: string, end: number] {
  const { node, end } = composeDocument(text, range, { isThird: true, isJson: false }, depth);
  return [node === undefined ? 'nothing' : show(node), end];
}

function thrown(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

describe('the first document of a text', () => {
  it.each<[text: string, node: string, end: number]>([
    ['', 'nothing', 0],
    ['# c\n', 'nothing', 4],
    ['---', '""@3-3', 3],
    ['---\n...', '""@3-3', 7],
    ['---\n---\na', '""@3-3', 4],
    ['---\n- a', 'block["a"@6-7]@4-7', 7],
    ['---\na: b', 'block{"a"@4-5: "b"@7-8}@4-8', 8],
    ['a', '"a"@0-1', 1],
    ['--- a', '"a"@4-5', 5],
    ['a\n---\nb', '"a"@0-1', 2],
    ['a\n...\nb', '"a"@0-1', 5],
    ['a\nb', '"a b"@0-3', 3],
    ['- a\n- b\n', 'block["a"@2-3, "b"@6-7]@0-8', 8],
    ['-', 'block[""@1-1]@0-1', 1],
    ['-\n- b', 'block[""@1-1, "b"@4-5]@0-5', 5],
    ['- - a\n  - b\n- c', 'block[block["a"@4-5, "b"@10-11]@2-12, "c"@14-15]@0-15', 15],
    ['a:\n- b\n- c\nd: e\n', 'block{"a"@0-1: block["b"@5-6, "c"@9-10]@3-11, "d"@11-12: "e"@14-15}@0-16', 16],
    ['a:\n-\nb: c\n', 'block{"a"@0-1: block[""@4-4]@3-5, "b"@5-6: "c"@8-9}@0-10', 10],
    ['? a\n: - b\n', 'block{"a"@2-3: block["b"@8-9]@6-10}@0-10', 10],
    ['? - a\n: b\n', 'block{block["a"@4-5]@2-6: "b"@8-9}@0-10', 10],
    ['?\n- a\n: b\n', 'block{block["a"@4-5]@2-6: "b"@8-9}@0-10', 10],
    ['?\n-\n: b\n', 'block{block[""@3-3]@2-4: "b"@6-7}@0-8', 8],
    ['a:\n-\n', 'block{"a"@0-1: block[""@4-4]@3-5}@0-5', 5],
    ['a: b\n', 'block{"a"@0-1: "b"@3-4}@0-5', 5],
    ['a:\nb:\n', 'block{"a"@0-1: ""@2-2, "b"@3-4: ""@5-5}@0-6', 6],
    ['? a\n', 'block{"a"@2-3: ""@4-4}@0-4', 4],
    ['?\n', 'block{""@1-1: ""@2-2}@0-2', 2],
    ['? a\n? b\n', 'block{"a"@2-3: ""@4-4, "b"@6-7: ""@8-8}@0-8', 8],
    ['? \n: a\n', 'block{""@1-1: "a"@5-6}@0-7', 7],
    ['a:\n  b: c\nd: e\n', 'block{"a"@0-1: block{"b"@5-6: "c"@8-9}@5-10, "d"@10-11: "e"@13-14}@0-15', 15],
    ['- a: b\n  c: d\n', 'block[block{"a"@2-3: "b"@5-6, "c"@9-10: "d"@12-13}@2-14]@0-14', 14],
    ['[]', '[]@0-2', 2],
    ['[a]', '["a"@1-2]@0-3', 3],
    ['[a, b]', '["a"@1-2, "b"@4-5]@0-6', 6],
    ['[a, ]', '["a"@1-2]@0-5', 5],
    ['[a b]', '["a b"@1-4]@0-5', 5],
    ['[a: b]', '[{"a"@1-2: "b"@4-5}@1-5]@0-6', 6],
    ['[a: b, c]', '[{"a"@1-2: "b"@4-5}@1-5, "c"@7-8]@0-9', 9],
    ['[? a : b]', '[{"a"@3-4: "b"@7-8}@1-8]@0-9', 9],
    ['[a: , b]', '[{"a"@1-2: ""@2-2}@1-2, "b"@6-7]@0-8', 8],
    ['[a:]', '["a:"@1-3]@0-4', 4],
    ['[? a]', '[{"a"@3-4: ""@4-4}@1-4]@0-5', 5],
    ['[? a, b]', '[{"a"@3-4: ""@4-4}@1-4, "b"@6-7]@0-8', 8],
    ['[[a: ], {b}]', '[[{"a"@2-3: ""@3-3}@2-3]@1-6, {"b"@9-10: ""@10-10}@8-11]@0-12', 12],
    ['{}', '{}@0-2', 2],
    ['{a}', '{"a"@1-2: ""@2-2}@0-3', 3],
    ['{a: b}', '{"a"@1-2: "b"@4-5}@0-6', 6],
    ['{a: , b}', '{"a"@1-2: ""@2-2, "b"@6-7: ""@7-7}@0-8', 8],
    ['{a: }', '{"a"@1-2: ""@2-2}@0-5', 5],
    ['{? a : b}', '{"a"@3-4: "b"@7-8}@0-9', 9],
    ['{? : b}', '{""@3-3: "b"@5-6}@0-7', 7],
    ['{?}', '{""@2-2: ""@2-2}@0-3', 3],
    ['{? , a}', '{""@3-3: ""@3-3, "a"@5-6: ""@6-6}@0-7', 7],
    ['{a, }', '{"a"@1-2: ""@2-2}@0-5', 5],
    ['{a: b, }', '{"a"@1-2: "b"@4-5}@0-8', 8],
    ['{a: b, c: d}', '{"a"@1-2: "b"@4-5, "c"@7-8: "d"@10-11}@0-12', 12],
    ['{[a]: b}', '{["a"@2-3]@1-4: "b"@6-7}@0-8', 8],
    ['{[a]}', '{["a"@2-3]@1-4: ""@4-4}@0-5', 5],
    ['{? a}', '{"a"@3-4: ""@4-4}@0-5', 5],
    ['{? a, b}', '{"a"@3-4: ""@4-4, "b"@6-7: ""@7-7}@0-8', 8],
    ['&a x', '&a "x"@3-4', 4],
    ['!t x', '<!t> "x"@3-4', 4],
    ['&a !t x', '&a <!t> "x"@6-7', 7],
    ['!t &a x', '&a <!t> "x"@6-7', 7],
    ['&a', '&a ""@2-2', 2],
    ['!t', '<!t> ""@2-2', 2],
    ['&a &b x', '&a ""@2-2', 3],
    ['!a !b x', '<!a> ""@2-2', 3],
    ['&a [x]', '&a ["x"@4-5]@3-6', 6],
    ['!t [x]', '<!t> ["x"@4-5]@3-6', 6],
    ['&a {}', '&a {}@3-5', 5],
    ['!t\na: b', '<!t> block{"a"@3-4: "b"@6-7}@3-7', 7],
    ['&a\n- x', '&a block["x"@5-6]@3-6', 6],
    ['[&a x, *a]', '[&a "x"@4-5, *a@7-9=scalar4]@0-10', 10],
    ['[&a x, &a y, *a]', '[&a "x"@4-5, &a "y"@10-11, *a@13-15=scalar10]@0-16', 16],
    ['&a [*a]', '&a [*a@4-6=sequence3]@3-7', 7],
    ['&a {x: *a}', '&a {"x"@4-5: *a@7-9=mapping3}@3-10', 10],
    ['[&a , *a]', '[&a ""@3-3, *a@6-8=scalar3]@0-9', 9],
    ['a: &x\nb: *x\n', 'block{"a"@0-1: &x ""@5-5, "b"@6-7: *x@9-11=scalar5}@0-12', 12],
    ['&x a: b\n', 'block{&x "a"@3-4: "b"@6-7}@0-8', 8],
    ['- &x\n- *x\n', 'block[&x ""@4-4, *x@7-9=scalar4]@0-10', 10],
    ['[&x a: b, *x]', '[{&x "a"@4-5: "b"@7-8}@1-8, *x@10-12=scalar4]@0-13', 13],
    ['a: &x\n- b\n', 'block{"a"@0-1: &x block["b"@8-9]@6-10}@0-10', 10],
    ['- &x\n  - b\n', 'block[&x block["b"@9-10]@7-11]@0-11', 11],
    ["'q'", 's"q"@0-3', 3],
    ['"q"', 'd"q"@0-3', 3],
    ['|\n x\n', 'l"x\\n"@0-5', 5],
    ['>\n x\n', 'f"x\\n"@0-5', 5],
    ['[\na\n]\n', '["a"@2-3]@0-5', 6],
    ['[]]', '[]@0-2', 2],
    ['&a *a', '&a ""@2-2', 3],
    ['- a\n  - b\n', 'block["a - b"@2-9]@0-10', 10],
    ['[a\n- b]', '["a - b"@1-6]@0-7', 7],
    ['a: !t\n', 'block{"a"@0-1: <!t> ""@5-5}@0-6', 6],
    ['- !t\n', 'block[<!t> ""@4-4]@0-5', 5],
    ['? !t\n: &a\n', 'block{<!t> ""@4-4: &a ""@9-9}@0-10', 10],
  ])('%j is %s, and ends at %d', (text, node, end) => {
    expect(compose(text)).toEqual([node, end]);
  });

  it.each<[text: string, message: string, start: number, end: number]>([
    [': a\n', 'this is not "key: value"', 0, 1],
    ['[a {}]', 'a comma or ] is missing here', 3, 4],
    ['[,]', 'a value is missing before this comma', 1, 2],
    ['[a, , b]', 'a value is missing before this comma', 4, 5],
    ['[? : b]', 'a comma or ] is missing here', 5, 6],
    ['[? , b]', 'a comma or ] is missing here', 5, 6],
    ['[?]', 'a comma or ] is missing here', 3, 4],
    ['[: b]', 'a value is missing here', 1, 2],
    ['{a {}}', 'a comma or } is missing here', 3, 4],
    ['{,}', 'a value is missing before this comma', 1, 2],
    ['{a, , b}', 'a value is missing before this comma', 4, 5],
    ['{: a}', 'a value is missing here', 1, 2],
    ['*a', '`*a` has no complete anchor before it', 0, 2],
    ['!x!y z', 'the handle !x! is not defined', 0, 4],
    [
      '%TAG !x! tag:z,\n--- !x!y z\n',
      'the directive %TAG !x! tag:z, has no document after it when the file is split at ---',
      0,
      15,
    ],
    ['a: ]', 'a value is missing here', 3, 4],
    ['a: - b\n', 'no list can start here', 3, 4],
    ['- a\nb', 'this is not "key: value"', 4, 5],
    ['- a\n b: c\n', 'a second "key: value" is inside this value', 6, 7],
    ['a: b\n- c\n', 'this is not "key: value"', 5, 6],
    ['a: b\nc\n', 'this is not "key: value"', 5, 6],
    ['- a\nb: c', 'align this with the dashes above', 4, 5],
    ['[- a]', 'no list or map in block style is allowed here', 1, 2],
    ['[a: - b]', 'no list or map in block style is allowed here', 4, 5],
    ['{a: - b}', 'no list or map in block style is allowed here', 4, 5],
    ['[', 'a value is missing here', 1, 2],
    ['{', 'a value is missing here', 1, 2],
    ['[a', 'a comma or ] is missing here', 2, 3],
    ['{a: ', 'a value is missing here', 4, 5],
    ['a: }', 'a value is missing here', 3, 4],
    ['[&a *a]', 'a comma or ] is missing here', 4, 6],
    ['- [a, b\n- c', 'a comma or ] is missing here', 11, 12],
    ['{- a}', 'no list or map in block style is allowed here', 1, 2],
    ['[\n? - a\n]', 'no list or map in block style is allowed here', 4, 5],
    ['-\n? a', 'a value is missing here', 2, 3],
    ['-\n? a\n: b', 'a value is missing here', 2, 3],
    ['{? - a}', 'no list or map in block style is allowed here', 3, 4],
    // A bracket that an empty key takes away ends what is in braces for the scanner, but not for the parser.
    ['x: [?]\n: - a\n]\n', 'no list or map in block style is allowed here', 9, 10],
    ['x: [?]\n: a: b\n]\n', 'no list or map in block style is allowed here', 9, 10],
    ['[?],\n  - a\n]', 'no list or map in block style is allowed here', 7, 8],
    ['x: [?],\n? - a\n]\n', 'no list or map in block style is allowed here', 10, 11],
    ['{[?]],\n  - a\n}', 'no list or map in block style is allowed here', 9, 10],
    ['x: {[?]],\n? - a\n}\n', 'no list or map in block style is allowed here', 12, 13],
  ])('%j is refused: %s', (text, message, start, end) => {
    const error = thrown(() => compose(text));
    expect(error).toBeInstanceOf(Refusal);
    expect(error).toMatchObject({ message, start, end });
  });

  it('is read between two offsets', () => {
    expect(compose('[b: [a]\n]', [4, 7])).toEqual(['["a"@5-6]@4-7', 7]);
  });
});

describe('a document that is nested', () => {
  it.each<[text: string, depth: number, at: number]>([
    ['[[[a]]]', 3, 2],
    ['{a: {b: {c}}}', 3, 8],
    ['[{a: [b]}]', 3, 5],
    ['[[a: b], [[c]]]', 3, 10],
    ['{[a]: b, {[c]}: d}', 3, 10],
    ['- - - a\n', 3, 4],
    ['a:\n  b:\n    c: d\n', 3, 12],
    ['a:\n- b:\n  - c\n', 4, 10],
    ['&a [x, &b [*a, *b]]', 2, 10],
  ])('%j is read to a depth of %d and no further', (text, depth, at) => {
    expect(thrown(() => compose(text, undefined, depth))).not.toBeInstanceOf(Error);
    const error = thrown(() => compose(text, undefined, depth - 1));
    expect(error).toBeInstanceOf(TooDeep);
    expect(error).toMatchObject({ at });
  });

  it.each(['[[a], [b], [c]]', '[{a}, {b}, {c}]', '- - a\n- - b\n- - c\n', 'a:\n- b\nc:\n- d\ne:\n- f\n'])(
    '%j is as deep as its deepest part',
    (text) => {
      expect(thrown(() => compose(text, undefined, 2))).not.toBeInstanceOf(Error);
    },
  );
});
