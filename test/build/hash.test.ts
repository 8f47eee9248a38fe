import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentHash } from '../../src/build/hash.ts';
import { nameOf } from '../../src/object/resource.ts';
import { sha256 } from '../../src/source/sha256.ts';
import { caseFiles, decodeOutput, hasKustomizeCases } from '../support/kustomize-cases.ts';

describe('sha256', () => {
  test('is that of OpenSSL', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
      }),
      { numRuns: 40 },
    );
  });

  test.each([0, 55, 56, 63, 64, 65, 119, 120, 1000])('pads a message of %i bytes', (length) => {
    const text = 'a'.repeat(length);
    expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
  });
});

describe('contentHash', () => {
  test('leaves out the name, and a missing data is an empty text', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
    expect(contentHash(object)).toBe(contentHash({ ...object, metadata: { name: 'b' } }));
    expect(contentHash(object)).not.toBe(contentHash({ ...object, data: {} }));
  });

  test.skipIf(!hasKustomizeCases)(
    'is the suffix that kustomize gave (../shared/conformance, skipped where absent)',
    () => {
      let hashed = 0;
      for (const { path, text } of caseFiles('expected.yaml')) {
        for (const object of decodeOutput(text)) {
          const suffix = /-([2456789bcdfghkmt]{10})$/.exec(nameOf(object))?.[1];
          if (suffix === undefined || !['ConfigMap', 'Secret'].includes(String(object['kind']))) continue;
          hashed += 1;
          expect(contentHash(object), `${path} ${nameOf(object)}`).toBe(suffix);
        }
      }
      expect(hashed).toBeGreaterThan(50);
    },
  );
});
