import { describe, expect, it } from 'vitest';
import { ignoreAnnotations } from '../../src/accept/ignore-annotations.ts';
import { readSuppressions } from '../../src/accept/suppressions.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { untracked } from '../../src/object/provenance.ts';
import type { Resource } from '../../src/object/resource.ts';
import { renderFiles } from '../support/render-files.ts';

type Files = Readonly<Record<string, string>>;

const comment = (rule: string): string => `# cdb-lint-ignore ${rule} -- accepted\n`;
const map = (name: string, more = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${more}`;
const annotated = (text: string): string =>
  `  annotations:\n    cdb-lint.dev/ignore: ${JSON.stringify(text)}\n`;
const files: Files = {
  'app/kustomization.yaml': 'resources: [web.yaml]\n',
  'app/web.yaml': `${comment('of-input')}${map('web', annotated('of-object -- accepted'))}`,
  'app/beside.yaml': `${comment('of-neighbour')}${map('beside')}`,
  'app/deep/away.yaml': `${comment('of-another-folder')}${map('away')}`,
  'plain.yaml': `${comment('of-plain')}${map('plain', annotated('all'))}`,
};

function read(
  given: Files,
  inlineSuppressions: 'allowed' | 'forbidden',
): ReturnType<typeof readSuppressions> {
  const { tree, sources } = renderFiles(given);
  return readSuppressions(sources, tree, { inlineSuppressions });
}

describe('what comments and annotations accept', () => {
  it('is read from the files of builds, what stands beside them, plain files, and objects', () => {
    const { suppressions, diagnostics } = read(files, 'allowed');
    expect(suppressions.map(({ by, rule }) => `${by} ${rule}`).toSorted()).toEqual([
      'annotation of-object',
      'comment of-input',
      'comment of-neighbour',
      'comment of-plain',
    ]);
    expect(diagnostics.map(({ rule }) => rule)).toEqual(['suppression-too-broad']);
  });

  it('accepts nothing where the configuration forbids it, and each is an error', () => {
    const { suppressions, diagnostics } = read(files, 'forbidden');
    expect(suppressions).toEqual([]);
    expect(diagnostics.map(({ rule }) => rule)).toEqual([
      ...Array.from({ length: 4 }, () => 'suppression-invalid'),
      'suppression-too-broad',
    ]);
    const [first] = diagnostics;
    expect(first).toMatchObject({
      severity: 'error',
      message: expect.stringContaining('the configuration allows no comment to accept'),
      span: { file: { path: 'app/web.yaml' } },
      related: [],
    });
  });
});

describe('an annotation', () => {
  const [resource] = renderFiles({ 'a.yaml': map('web') }).tree.units.flatMap(({ build }) => build.resources);
  const withText = (text: unknown, more: object = {}): Resource => {
    const object = {
      ...resource?.object,
      metadata: { name: 'web', annotations: { 'cdb-lint.dev/ignore': text } },
    };
    return { ...resource, object, ...more } as Resource;
  };
  const rulesOf = (one: Resource): string[] =>
    ignoreAnnotations([one], 'app').suppressions.map(({ rule }) => rule);

  it('has a text in each line and behind each semicolon', () => {
    expect(rulesOf(withText('a -- b\n\n c -- d; e, f -- g;  '))).toEqual(['a', 'c', 'e', 'f']);
    expect(ignoreAnnotations([withText('a -- b;  \n')], 'app').diagnostics).toEqual([]);
  });

  it('accepts no more than there are reasons', () => {
    const texts = Array.from({ length: 120 }, (_, index) => `r${index} -- accepted`);
    const rules = rulesOf(withText(texts.join(';')));
    expect([rules.length, rules.at(-1)]).toEqual([100, 'r99']);
  });

  it('accepts nothing where it is no text, or nobody wrote it', () => {
    expect(rulesOf(withText(1))).toEqual([]);
    expect(rulesOf(withText('a -- b', { origin: untracked }))).toEqual([]);
  });

  it('speaks of its object, in the build that it stands in', () => {
    const [one] = ignoreAnnotations([withText('a -- b')], 'app').suppressions;
    const found = (entryPoint?: string): Diagnostic => ({ entryPoint }) as Diagnostic;
    expect(one?.key).toBe('["v1","ConfigMap",null,"web"]');
    expect([found(), found('app'), found('other')].map((some) => one?.covers(some))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
