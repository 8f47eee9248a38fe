import { beforeAll, describe, expect, it } from 'vitest';
import { piecesBeside, piecesIn, piecesOf, withoutPieces } from '../../src/report/finding/secret-pieces.ts';

function pieces(value: string): string[] {
  return [...piecesOf([value])];
}

describe('pieces of a value', () => {
  it('are stretches of eight that have letters and digits, in small letters', () => {
    expect(pieces('aB3dEf9hI')).toEqual(['ab3def9h', 'b3def9hi']);
    expect(pieces('a1+/=_-b')).toEqual(['a1+/=_-b']);
    expect(pieces('abcdefgh')).toEqual([]);
    expect(pieces('12345678')).toEqual([]);
    expect(pieces('a1b2c3d')).toEqual([]);
    expect(pieces('a1b2 c3d4')).toEqual([]);
  });

  it('have one letter and one digit at least, at whichever end', () => {
    expect(pieces('a12345678')).toEqual(['a1234567']);
    expect(pieces('1bcdefghi')).toEqual(['1bcdefgh']);
    expect(pieces('a1b2\u0080c3d')).toEqual([]);
    expect(pieces('a1b2éc3d')).toEqual([]);
  });

  it('of letters alone have no vowels, and no other characters', () => {
    expect(pieces('bcdfghjk')).toEqual(['bcdfghjk']);
    expect(pieces('abcdfghjk')).toEqual(['bcdfghjk']);
    expect(pieces('-bcdfghjk')).toEqual(['bcdfghjk']);
    expect(pieces('bcdf-ghjk')).toEqual([]);
  });

  it('of letters alone may have vowels where capitals alternate with small letters', () => {
    expect(pieces('aeaBcDeF')).toEqual(['aeabcdef']);
    expect(pieces('aeioBcDe')).toEqual([]);
    expect(pieces('aeioaeiouBcDeF')).toEqual(['iouBcDeF'.toLowerCase()]);
  });

  it('stand in the first 4096 characters', () => {
    expect(pieces(`${' '.repeat(4088)}a1b2c3d4e5`)).toEqual(['a1b2c3d4']);
  });

  it.each([
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what a template engine fills in.
    '${PASSWORD1}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what Flux fills in.
    '${PASSWORD1:=changeme1}',
    '$(PASSWORD1)',
    '{{ password1 }}',
    '<password1>',
    ' <password1>\n',
  ])('of %j, which stands for another, are none', (value) => {
    expect(pieces(value)).toEqual([]);
  });

  it.each(['x<password1>', '<password1>x', '{{ password1 }}x', '$(PASSWORD1)x'])(
    'of %j are some',
    (value) => {
      expect(pieces(value).length).toBeGreaterThan(0);
    },
  );

  it('of hosts are none, unless they are random', () => {
    expect(pieces('https://registry-1.docker.io/v1')).toEqual([]);
    for (const host of [
      'registry-1.docker.io',
      'registry1.io',
      'a1.registry-1.docker2.io',
      'v1alpha10.example.com',
    ])
      expect(pieces(`pull from ${host}`)).toEqual([]);
    expect(pieces('user:registry-1.docker.io').length).toBeGreaterThan(0);
    expect(pieces('registry-1.docker.io9').length).toBeGreaterThan(0);
  });
});

describe('words', () => {
  let known: ReadonlySet<string>;
  beforeAll(() => {
    known = piecesOf(['s3cr3tv4lu3']);
  });

  it('are shown without the pieces that stand in them, whatever their case', () => {
    expect(withoutPieces('no S3CR3TV4LU3x here, s3cr3tv4 and s3cr3tv', known)).toBe(
      'no ••••••x here, •••••• and s3cr3tv',
    );
    expect(withoutPieces('s3cr3tv4s3cr3tv4 s3cr3tv4', known)).toBe('•••••• ••••••');
    expect(withoutPieces('s3cr3tv4lu3', new Set())).toBe('s3cr3tv4lu3');
  });

  it('may have letters beside them that grow when they are made small', () => {
    expect(withoutPieces('\u0130 s3cr3tv4lu3 b', known)).toBe('\u0130 •••••• b');
  });

  it('that are names which are shown anyway hide none', () => {
    expect([...piecesBeside(['x/S3CR3TV4', 'short'], known)]).toEqual(['3cr3tv4l', 'cr3tv4lu', 'r3tv4lu3']);
    expect(piecesBeside(['a'], new Set()).size).toBe(0);
    expect(known.size).toBe(4);
  });
});

describe('a search for pieces', () => {
  const known = piecesOf(['s3cr3tv4lu3', 'xkcdqwrtzp', '1a-_+/=1', 'aaaaaaa1aaaaaaa1']);

  it('finds the same as a look at each character', () => {
    const parts = [
      ...known,
      's3cr3tv4',
      'word',
      'RETURN',
      'aaaaaaa1',
      '-',
      ' ',
      '\u{1f600}',
      '\u0130',
      '1',
      'a',
    ];
    let state = 1;
    for (let round = 0; round < 500; round++) {
      let text = '';
      for (let part = 0; part < 12; part++) {
        state = (state * 1103515245 + 12345) % 2 ** 31;
        text += (parts[state % parts.length] as string).slice(0, 1 + ((state >> 8) % 10));
      }
      expect(piecesIn(text, known)).toEqual(foundOneByOne(text, known));
    }
  });

  it('looks at few places of a text without any, whatever the pieces are made of', () => {
    const prose = 'The default number of replicas for the deployment is 3, or that of 10-base-application.\n';
    let looks = 0;
    const counted = new Set(known);
    counted.has = (piece) => {
      looks += 1;
      return known.has(piece);
    };
    expect(piecesIn(prose.repeat(100), counted)).toEqual([]);
    expect(looks).toBeLessThan(prose.length);
    expect(piecesIn(`${prose}s3cr3tv4lu3`, counted)).toEqual([
      { start: prose.length, end: prose.length + 11 },
    ]);
  });
});

function foundOneByOne(text: string, known: ReadonlySet<string>): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (let at = 0; at + 8 <= text.length; at++) {
    if (!known.has(text.slice(at, at + 8).toLowerCase())) continue;
    const last = found.at(-1);
    if (last !== undefined && at <= last.end) last.end = at + 8;
    else found.push({ start: at, end: at + 8 });
  }
  return found;
}
