import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { judgeInThread } from '../../src/command/judge-for-editor.ts';
import type { Told } from '../../src/language-server/judging/messages.ts';
import { openWorkingDirectory, type WorkingDirectory } from '../../src/source/working-directory.ts';
import { withRepository } from '../support/git-repository.ts';

const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  LEVEL: info\n';

/** The disk, which counts how often a file is read and a commit opened. */
function counted(folder: string): { files: WorkingDirectory; reads: string[]; opened: string[] } {
  const disk = openWorkingDirectory(folder);
  const reads: string[] = [];
  const opened: string[] = [];
  const repository: WorkingDirectory['repository'] = (path, root) => {
    const found = disk.repository(path, root);
    const read: typeof found.fileSystem.read = (file) => {
      reads.push(file);
      return found.fileSystem.read(file);
    };
    const base: typeof found.base = (given) => {
      opened.push(given ?? '');
      return found.base(given);
    };
    return { ...found, base, fileSystem: { ...found.fileSystem, read } };
  };
  return { files: { ...disk, repository }, reads, opened };
}

it('an edit reads each file once, and none where only a text changed, and opens HEAD where it is another commit', () =>
  withRepository(async ({ folder, commit }) => {
    commit('one', {
      'app/kustomization.yaml': 'resources: [settings.yaml]\n',
      'app/settings.yaml': settings,
    });
    const { files, reads, opened } = counted(folder);
    let hear: (message: unknown) => void = () => undefined;
    const listen = (to: typeof hear): void => {
      hear = to;
    };
    const faults: unknown[] = [];
    let answered: () => void = () => undefined;
    const post = (message: unknown): void => {
      const { is } = message as Told;
      if (is === 'fault') faults.push(message);
      if (is === 'answer' || is === 'fault') answered();
    };
    judgeInThread({ given: {}, post, listen }, { files, now: () => new Date() });
    const uri = pathToFileURL(join(folder, 'app/settings.yaml')).href;
    let id = 0;
    const edit = (words: string, isTypedOnly = false): Promise<void> => {
      const wanted = new SharedArrayBuffer(4);
      new Int32Array(wanted)[0] = ++id;
      const text = `${readFileSync(join(folder, 'app/settings.yaml'), 'utf8')}# ${words}\n`;
      const folders = [pathToFileURL(folder).href];
      const question = { ask: 'judge', folders, first: [uri], isTypedOnly, wanted };
      reads.length = 0;
      const answer = new Promise<void>((resolve) => {
        answered = resolve;
      });
      hear({ id, question: { ...question, documents: [{ uri, text }] } });
      return answer;
    };
    for (const words of ['a', 'b', 'c']) await edit(words);
    expect(reads.length).toBeGreaterThan(0);
    expect(reads).toEqual([...new Set(reads)]);
    expect(opened).toEqual(['HEAD']);
    await edit('of the text alone', true);
    expect(reads).toEqual([]);
    commit('two', { 'app/settings.yaml': settings.replace('info', 'debug') });
    await edit('d', true);
    expect(reads.length).toBeGreaterThan(0);
    await edit('e');
    expect(opened).toEqual(['HEAD', 'HEAD']);
    expect(faults).toEqual([]);
  }));
