import { describe, expect, it } from 'vitest';
import {
  contentsIn,
  formerIdsIn,
  idIn,
  messageIn,
  parentsIn,
  sizesIn,
  treeIn,
} from '../../src/source/git-answers.ts';

const [a, b] = ['a'.repeat(40), '0123456789abcdef'.repeat(4)];

function bytes(text: string): Buffer {
  return Buffer.from(text);
}

function listing(...entries: readonly (readonly [mode: string, path: string])[]): Buffer {
  return bytes(entries.map(([mode, path]) => `${mode} blob ${a}\t${path}\0`).join(''));
}

describe('the entries of a tree', () => {
  it('are files, links and submodules by their mode, with the path as it is', () => {
    expect(
      treeIn(
        listing(['100644', 'a.yaml'], ['100755', 'b/run'], ['120000', 'b/\tü'], ['160000', 'b/.git.yaml']),
      ),
    ).toEqual([
      { path: 'a.yaml', kind: 'file', id: a },
      { path: 'b/run', kind: 'file', id: a },
      { path: 'b/\tü', kind: 'link', id: a },
      { path: 'b/.git.yaml', kind: 'submodule', id: a },
    ]);
    expect(treeIn(bytes(''))).toEqual([]);
  });

  it('are refused with one of which nothing is said', () => {
    expect(treeIn(bytes('\0'))).toBeUndefined();
    expect(treeIn(Buffer.concat([bytes('\0'), listing(['100644', 'a'])]))).toBeUndefined();
  });

  it('end with NUL: what is cut off is none', () => {
    expect(treeIn(Buffer.concat([listing(['100644', 'a']), bytes(`100644 blob ${a}\tb`)]))).toHaveLength(1);
  });

  it.each([
    ['twice the same path', ['a', 'a']],
    ['a file that is a folder', ['a/b', 'c', 'a']],
    ['a file that is a folder further up', ['a', 'a/b/c']],
    ['..', ['..']],
    ['. within a path', ['a/./b']],
    ['.. at the end of a path', ['a/..']],
    ['no name', ['a//b']],
    ['an absolute path', ['/a']],
    ['a path that ends with a slash', ['a/']],
    ['a path of 4097 characters', ['a'.repeat(4097)]],
  ])('are refused with %s', (_, paths) => {
    expect(treeIn(listing(...paths.map((path) => ['100644', path] as const)))).toBeUndefined();
  });

  it.each(['...', '.a', 'a..', 'a.', 'a/.b', 'a/...', 'a'.repeat(4096)])('may be called %s', (path) => {
    expect(treeIn(listing(['100644', path]))).toHaveLength(1);
  });
});

describe('contents', () => {
  it('are by length, whatever they look like', () => {
    const answer = `${a} blob 7\n${'x blob '}\n${b} blob 0\n\n${'1'.repeat(40)} missing\n${'2'.repeat(40)} blob 1\ny\n`;
    const found = contentsIn(bytes(answer));
    const texts = [...found].map(([id, content]) => [id, Buffer.from(content).toString()]);
    expect(texts).toEqual([
      [a, 'x blob '],
      [b, ''],
      ['2'.repeat(40), 'y'],
    ]);
  });

  it.each([
    '',
    a,
    `${a} tree 3\n`,
    `${a} blob x\nabc\n`,
    `${a} blob -1\n`,
    `${a} blob 1x\nabc\n`,
    `${a} blob x1\nabc\n`,
  ])('of %j are none', (answer) => {
    expect(contentsIn(bytes(answer)).size).toBe(0);
  });

  it('are read behind what is none', () => {
    for (const line of ['', 'a b c', `${b} missing`, `${b} blob x`, `${b} tree 3`])
      expect([...contentsIn(bytes(`${line}\n${a} blob 1\ny\n`)).keys()]).toEqual([a]);
  });

  it('are of any length', () => {
    const long = 'line\n'.repeat(250);
    const found = contentsIn(bytes(`${a} blob ${long.length}\n${long}\n${b} blob 1\ny\n`));
    expect([...found.values()].map(({ length }) => length)).toEqual([1250, 1]);
  });

  it('do not keep the answer in memory', () => {
    const content = contentsIn(bytes(`${a} blob 1\nx\n${'y'.repeat(1000)}`)).get(a);
    expect(content?.buffer.byteLength).toBe(1);
  });

  it('have a size where they are blobs', () => {
    const answer = `${a} blob 12\n${b} blob 3\n${'1'.repeat(40)} tree 4\n${'2'.repeat(40)} missing\n${'3'.repeat(39)} blob 5\nx ${'4'.repeat(40)} blob 6\n${'5'.repeat(40)} blob 7 \n`;
    expect([...sizesIn(bytes(answer))]).toEqual([
      [a, 12],
      [b, 3],
    ]);
  });
});

describe('a commit', () => {
  const commit = `tree ${a}\nparent ${a}\nparent ${b}\nauthor parent ${a}\n\nparent ${'1'.repeat(40)}\n\nmore\n`;

  it('names parents above its message alone', () => {
    expect(parentsIn(bytes(commit))).toEqual([a, b]);
    expect(parentsIn(bytes(''))).toEqual([]);
    expect(parentsIn(bytes(`parent ${a}0x\nxparent ${a}\nparent ${a.slice(1)}`))).toEqual([]);
  });

  it('has a message behind the first empty line', () => {
    expect(messageIn(bytes(commit))).toBe(`parent ${'1'.repeat(40)}\n\nmore\n`);
    expect(messageIn(bytes('\n\nü'))).toBe('ü');
    expect(messageIn(bytes(`tree ${a}\n`))).toBe('');
  });
});

describe('ids', () => {
  it.each([
    [`${a}\n`, a],
    [b, b],
    ['', undefined],
    [a.slice(1), undefined],
    [`${b}0`, undefined],
    [`${a} x`, undefined],
    [`x${a}`, undefined],
    [a.toUpperCase(), undefined],
  ])('on a line: %j', (answer, id) => {
    expect(idIn(bytes(answer))).toBe(id);
  });

  it('of files before a change, and of nothing else', () => {
    const entry = (modes: string, before: string, path: string): string =>
      `:${modes} ${before} ${b} M\0${path}\0`;
    const diff = [
      entry('100644 100644', a, 'a'),
      entry('100755 100644', b, `:100644 100644 ${'1'.repeat(40)} `),
      entry('120000 120000', '2'.repeat(40), 'link'),
      entry('160000 160000', '3'.repeat(40), 'submodule'),
      entry('000000 100644', '0'.repeat(40), 'new'),
    ];
    const found = formerIdsIn(bytes(diff.join('')));
    expect(found.filter((id) => id !== '1'.repeat(40))).toEqual([a, b]);
  });
});
