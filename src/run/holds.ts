import { isKustomizationPath } from '../object/kustomization-path.ts';
import type { Holds } from '../report/finding/pair.ts';
import type { Sources } from '../source/load.ts';
import { lastPartOf } from '../source/path.ts';
import { itemsAt, type Value, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';

/** Whether a file is still there, and where an object is asked for, whether it still writes that. */
export function holdsIn(sources: Sources): Holds {
  return (path, written) => {
    if (sources.fileSystem.kind(path) === undefined) return false;
    if (written === '') return true;
    const name = lastPartOf(written);
    const text = sources.file(path)?.text ?? '';
    // What a generator or a template makes has no document of its own.
    if (isKustomizationPath(path) || text.includes('{{')) return text.includes(name);
    const documents = sources.load(path, 'api-server').documents.map(({ value }) => value);
    return documents.some((one) =>
      [one, ...itemsAt(one, ['items'])].some((object) => titleOf(object) === written),
    );
  };
}

function titleOf(object: Value): string {
  return [['kind'], ['metadata', 'namespace'], ['metadata', 'name']]
    .map((path) => valueText(valueAt(object, path)))
    .join('/');
}
