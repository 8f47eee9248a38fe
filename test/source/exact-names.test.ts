import { describe, expect, it } from 'vitest';
import { exactNames, foldsCase } from '../../src/source/exact-names.ts';
import { followLinks, type Look } from '../../src/source/follow-links.ts';

/** What a file system finds that looks at no case, cuts dots off and knows streams, as that of Windows does. */
const folders: Readonly<Record<string, readonly string[]>> = {
  '': ['base', 'README.md', 'cafe\u0301'],
  base: ['kustomization.yaml'],
};
const folded = (name: string): string =>
  name
    .replace(/::\$DATA$/u, '')
    .replace(/[. ]+$/u, '')
    .normalize('NFD')
    .toLowerCase();
const look: Look = (parts) => {
  const [folder, name] = parts.length === 1 ? ['', parts[0] ?? ''] : [folded(parts[0] ?? ''), parts[1] ?? ''];
  const found = folders[folder]?.some((one) => folded(one) === folded(name)) ?? false;
  return found ? 'no-link' : 'missing';
};
const namesIn = (parts: readonly string[]): readonly string[] => folders[folded(parts.join('/'))] ?? [];

describe('on a file system that folds names, a path counts as a checkout on Linux has it', () => {
  const loose = followLinks(look, '/repository');
  const exact = followLinks(exactNames(look, namesIn), '/repository');

  it.each([
    'Base/kustomization.yaml',
    'base/Kustomization.yaml',
    'base/kustomization.yaml.',
    'base/kustomization.yaml::$DATA',
    'readme.md',
  ])('%s is not there', (path) => {
    expect(loose([], path)).toEqual(path.split('/'));
    expect(exact([], path)).toBe('missing');
  });

  it.each(['base/kustomization.yaml', 'README.md', 'caf\u00e9', 'base/../README.md'])('%s is', (path) => {
    expect(exact([], path)).toEqual(loose([], path));
    expect(exact([], path)).not.toBe('missing');
  });

  it('and so is the root, which no folder lists', () => {
    expect(exactNames(() => 'no-link', namesIn)([])).toBe('no-link');
  });

  it('and what is nowhere is still missing', () => {
    expect(exact([], 'overlays/kustomization.yaml')).toBe('missing');
  });
});

describe('whether a file system folds names', () => {
  it('is told by a name in other letters', () => {
    expect(foldsCase(['.git', 'base'], (name) => name === '.GIT')).toBe(true);
    expect(foldsCase(['LICENSE'], (name) => name === 'license')).toBe(true);
    expect(foldsCase(['1', 'base'], (name) => name === 'BASE')).toBe(true);
    expect(foldsCase(['.git', 'base'], () => false)).toBe(false);
  });

  it('is not where both are listed, or no name has letters', () => {
    expect(foldsCase(['a', 'A'], () => true)).toBe(false);
    expect(foldsCase(['1', '2'], () => true)).toBe(false);
    expect(foldsCase([], () => true)).toBe(false);
  });
});
