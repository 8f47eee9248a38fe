import { complete } from '../../../src/language-server/completion/complete.ts';
import { knowledgeOf } from '../../../src/language-server/judging/knowledge.ts';
import { cursorAt } from '../../../src/language-server/yaml/cursor.ts';
import { judge } from '../../../src/run/judge.ts';
import { memoryFileSystem } from '../../../src/source/memory.ts';
import { requireSame, textsOf } from './numbers.ts';

const fileSystem = memoryFileSystem({
  'kustomization.yaml': 'resources: [a.yaml]\n',
  'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: b}\n',
});
const knowledge = knowledgeOf({ judgement: judge({ fileSystem, paths: [''] }), fileSystem });
const paths = ['a.yaml', 'kustomization.yaml', 'cdb-lint.yaml', 'values.yaml'];

/** What is proposed anywhere in a text that is half written: the first two bytes say in which file, and where. */
export function fuzz(data: Uint8Array): void {
  const [file = 0, place = 0] = data;
  const [text = ''] = textsOf(data.subarray(2));
  const offset = Math.floor((place / 256) * text.length);
  requireSame(() => {
    const cursor = cursorAt(text, offset);
    if (cursor === undefined) return 'nowhere';
    const line = {
      before: text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset),
      after: text.slice(offset).split('\n', 1).join(''),
    };
    const path = paths[file % paths.length] ?? 'a.yaml';
    return complete({ cursor, path, files: fileSystem, knowledge }, line, true).items.map(
      ({ label }) => label,
    );
  });
}
