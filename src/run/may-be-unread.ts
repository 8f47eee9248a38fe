import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Sources } from '../source/load.ts';
import { perhapsReadBy } from '../survey/perhaps-read.ts';
import type { Tree } from '../survey/tree.ts';
import { absentObject } from './absent-object.ts';

/** Tells what is said to be nowhere although a file holds it that a broken build would read. */
export function mayBeUnreadIn(
  tree: Pick<Tree, 'units' | 'clusters' | 'found'>,
  sources: Sources,
): (diagnostic: Diagnostic) => boolean {
  let unread: readonly string[] | undefined;
  const texts = (): readonly string[] => {
    const owners = tree.clusters.flatMap(({ reconciliations }) => reconciliations);
    const mayRead = perhapsReadBy(tree.units, owners, sources, tree.found);
    return tree.found.kustomizedFiles
      .concat(tree.found.plainFiles)
      .filter(mayRead)
      .map((file) => sources.file(file)?.text ?? '');
  };
  return (one) => {
    const absent = absentObject(one);
    // Of all else the rules know themselves that a part is not built.
    if (absent === undefined || !absent.isOfFlux) return false;
    unread ??= texts();
    const { kind, names } = absent;
    return unread.some((text) => names.some((name) => declares(text, kind, name)));
  };
}

function declares(text: string, kind: string, name: string): boolean {
  if (!text.includes(name)) return false;
  return text.split(/^---/mu).some((document) => {
    const said = [...document.matchAll(kindOrName)].map(([, key, value]) => `${key} ${value}`);
    return said.includes(`kind ${kind}`) && said.includes(`name ${name}`);
  });
}

/** What a text sets these keys to, wherever they stand; an anchor may stand before it. */
const kindOrName = /(?:^|[\s{,])(kind|name):\s*(?:&\S+\s+)?["']?([^\s"',}]+)/gmu;
