import type { Mapping, Path } from '../../source/value.ts';
import { type Check, clash, each, invalid } from '../validation/check.ts';
import { isEmpty, struct, structs, text } from '../validation/fields.ts';

interface Written {
  readonly path: string;
  readonly at: Path;
}

/** Warns of files of one volume that hide each other, and of projected sources that bring nothing. */
export function warnOfPaths(spec: Mapping, check: Check): void {
  each(check, spec, 'volumes', (volume) => {
    for (const source of ['configMap', 'secret', 'downwardAPI']) {
      const paths: Written[] = [];
      check.path.push(source);
      warnOfItems(struct(volume, source), paths, check);
      check.path.pop();
    }
    const projected: Written[] = [];
    check.path.push('projected');
    each(check, struct(volume, 'projected'), 'sources', (source) => warnOfSource(source, projected, check));
    check.path.pop();
  });
}

function warnOfSource(source: Mapping, paths: Written[], check: Check): void {
  const kinds = [
    'configMap',
    'secret',
    'downwardAPI',
    'serviceAccountToken',
    'clusterTrustBundle',
    'podCertificate',
  ];
  const kind = kinds.find((key) => struct(source, key) !== undefined);
  if (kind === undefined) {
    invalid(check, [], null, 'provides no file');
    return;
  }
  const own = struct(source, kind);
  check.path.push(kind);
  if (kind === 'configMap' || kind === 'secret' || kind === 'downwardAPI') warnOfItems(own, paths, check);
  else
    for (const key of ['path', 'certificateChainPath', 'keyPath', 'credentialBundlePath'])
      if (text(own, key) !== '') warnOfFile(text(own, key), [key], paths, check);
  check.path.pop();
}

function warnOfItems(source: Mapping | undefined, paths: Written[], check: Check): void {
  if (isEmpty(source, 'items')) return;
  structs(source, 'items').forEach((item, index) => {
    warnOfFile(text(item, 'path'), ['items', index, 'path'], paths, check);
  });
}

function warnOfFile(written: string, at: readonly (string | number)[], paths: Written[], check: Check): void {
  const path = written.replace(/\/+$/, '');
  const other = paths.find(
    (one) => one.path === path || one.path.startsWith(`${path}/`) || path.startsWith(`${one.path}/`),
  );
  const detail = `overlaps with ${JSON.stringify(other?.path)} of the same volume`;
  if (other !== undefined) clash(check, at, { badValue: written, detail, twin: other.at });
  paths.push({ path, at: [...check.path, ...at] });
}
