import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { admitObject } from '../../src/admit/admit.ts';
import { openBuilder } from '../../src/build/build.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { type AdmissionCase, judge, readAdmissionCases, type Sender } from '../support/admission-cases.ts';

type Verdict = 'accept' | 'reject';

interface OwnCase {
  readonly id: string;
  readonly yaml: string;
  readonly verdict: Verdict;
  /** Whether no recording of a real server is like it. */
  readonly unlike?: true;
  readonly code?: number;
  /** A field that the server names. */
  readonly field?: string;
  /** The field at fault, where the server names none. */
  readonly at?: readonly string[];
  readonly versions?: Readonly<Record<string, Verdict>>;
  readonly ssa?: Verdict;
  readonly kubectl?: Verdict;
  readonly kustomize?: Verdict | 'error';
}

const cases = parse(readFileSync(new URL('own-admission.yaml', import.meta.url), 'utf8')) as OwnCase[];

function caseOf({
  id,
  yaml,
  verdict,
  unlike: _,
  code,
  field,
  at,
  versions,
  ...others
}: OwnCase): AdmissionCase {
  return {
    id,
    class: 'own',
    kind: '',
    yaml,
    documents: 1,
    verdict,
    ...(verdict === 'reject' ? { code: code ?? 422 } : {}),
    ...(field === undefined ? {} : { causes: [{ field, reason: '', message: '' }] }),
    ...(at === undefined ? {} : { mutated: { path: `/${at.join('/')}`, line: 0 } }),
    ...(versions === undefined ? {} : { otherVersions: versions }),
    ...others,
  };
}

const senders: readonly Sender[] = ['create', 'server-side-apply', 'client-side-apply'];

/** A field without its indices and keys. */
function shapeOf(field: string): string {
  return field.replaceAll(/\[[^\]]*\]/gu, '[]');
}

function kindIn({ yaml }: { readonly yaml: string }): string | undefined {
  return /^kind: *(\S+)/mu.exec(yaml)?.[1];
}

function isAlike(own: OwnCase, other: AdmissionCase): boolean {
  if (kindIn(own) !== kindIn(other) || own.verdict !== other.verdict) return false;
  if (own.verdict === 'accept' && own.field === undefined) return true;
  if (own.verdict === 'reject' && other.code !== (own.code ?? 422)) return false;
  const { field, code } = own;
  const causes = other.causes ?? [];
  return field === undefined || code === 400 || causes.some((one) => shapeOf(one.field) === shapeOf(field));
}

const recordings = readAdmissionCases();

it.skipIf(recordings === undefined)('what is not marked otherwise has its like among the recordings', () => {
  const unlike = cases.filter((own) => !(recordings ?? []).some((other) => isAlike(own, other)));
  expect(unlike.map(({ id }) => id)).toEqual(cases.flatMap(({ id, unlike }) => (unlike ? [id] : [])));
});

describe('what an API server would say of documents of our own', () => {
  it('there is one of each kind', () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    expect(new Set(cases.map(({ verdict, code }) => code ?? verdict)).size).toBe(4);
  });

  it.each(cases.map((one) => [one.id, one] as const))('%s', (_, one) => {
    const entry = caseOf(one);
    for (const sender of senders) {
      const { verdict, expected, isSameField, findings } = judge(entry, '1.36', sender);
      expect([sender, verdict]).toEqual([sender, expected]);
      const isNamed = sender !== 'create' || expected === 'accept' || isSameField;
      expect(isNamed, `${one.field} is not among ${findings.join('; ')}`).toBe(true);
    }
    for (const version of Object.keys(one.versions ?? {})) {
      const { verdict, expected } = judge(entry, version);
      expect([version, verdict]).toEqual([version, expected]);
    }
  });

  const rendered = cases.filter(({ kustomize }) => kustomize !== undefined);
  it.each(rendered.map((one) => [one.id, one] as const))('%s, read by kustomize first', (_, one) => {
    const files = { 'kustomization.yaml': 'resources: [case.yaml]\n', 'case.yaml': one.yaml };
    const { complete, resources } = openBuilder(openSources(memoryFileSystem(files))).build('');
    const verdicts = resources.map(
      ({ object }) => admitObject(object, { kubernetesVersion: '1.36' }).verdict,
    );
    expect(complete ? verdicts : ['error']).toEqual([one.kustomize]);
  });
});
