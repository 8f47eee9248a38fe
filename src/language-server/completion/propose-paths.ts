import { CompletionItemKind } from 'vscode-languageserver';
import { isKustomizationPath, kustomizationIn } from '../../object/kustomization-path.ts';
import type { FileSystem } from '../../source/file-system.ts';
import { directoryOf, normalisePath } from '../../source/path.ts';
import type { Path } from '../../source/value.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { childAt, itemsOf, type OutlineNode, textAt, unquoted } from '../yaml/outline-node.ts';
import type { Proposal } from './proposal.ts';
import type { Subject } from './subject.ts';
import type { Writing } from './writing.ts';

/** What may stand at a path: files of some kind, folders that can be built, or any folder. */
interface Wanted {
  readonly from: string;
  readonly files: RegExp | undefined;
  /** Folders of which kind may be named; others are only on the way. */
  readonly folders: 'kustomizations' | 'components' | 'all' | 'none';
}

const yaml = /\.(?:ya?ml|json)$/u;
const anyFile = /^[^.]/u;

/** Files and folders that may be named at the cursor. */
export function proposePaths({ cursor, path, files }: Writing, subject: Subject): Proposal[] {
  if (files === undefined || cursor.role === 'key') return [];
  const wanted = wantedAt(cursor, path, subject);
  if (wanted === undefined) return [];
  const typed = cursor.typed.replace(/^[\w.-]+=/u, '');
  const key = cursor.typed.slice(0, cursor.typed.length - typed.length);
  const before = typed.slice(0, typed.lastIndexOf('/') + 1);
  const folder = normalisePath(wanted.from === '' ? before : `${wanted.from}/${before}`);
  if (folder === undefined) return [];
  const listed = listedNextTo(cursor);
  const own = entriesOf(files, { folder, path, wanted })
    .map(({ label, ...rest }) => ({ ...rest, label: key + before + label }))
    .filter(({ label }) => !listed.has(label));
  const isUp = /^(?:\.\.\/)*$/u.test(typed.replace(/\.{1,2}$/u, '')) && folder !== '' && wanted.from !== '';
  return isUp ? [...own, { label: `${key}${before}../`, kind: CompletionItemKind.Folder, rank: 3 }] : own;
}

/** What the other items of the list are. */
function listedNextTo({ path, outline }: Cursor): ReadonlySet<string> {
  const place = path.at(-1);
  const list = typeof place === 'number' ? childAt(outline.root, ...path.slice(0, -1)) : undefined;
  const others = list === undefined ? [] : itemsOf(list).filter((_, index) => index !== place);
  return new Set(others.map(({ value }) => unquoted(value)));
}

function entriesOf(
  files: FileSystem,
  { folder, path, wanted }: { readonly folder: string; readonly path: string; readonly wanted: Wanted },
): Proposal[] {
  return (files.list(folder === '' ? '.' : folder) ?? []).flatMap(({ name, kind }): Proposal[] => {
    const inside = folder === '' ? name : `${folder}/${name}`;
    if (name.startsWith('.') || inside === path) return [];
    if (kind === 'file') {
      if (wanted.files?.test(name) !== true || isKustomizationPath(name)) return [];
      return [{ label: name, kind: CompletionItemKind.File }];
    }
    const isAbove = path.startsWith(`${inside}/`);
    if (kind !== 'directory' || (isAbove && wanted.from !== '')) return [];
    const isBuilt = kustomizationIn(inside, (file) => files.kind(file) === 'file') !== undefined;
    const isNamed = wanted.folders === 'all' || (wanted.folders !== 'none' && isBuilt);
    return [{ label: isNamed ? name : `${name}/`, kind: CompletionItemKind.Folder, rank: isNamed ? 0 : 1 }];
  });
}

/** By field: of kustomizations relative to the file, of Flux and Argo CD to the root of the repository. */
function wantedAt(
  { path: at, outline, typed }: Cursor,
  path: string,
  { is, kind }: Subject,
): Wanted | undefined {
  const [field, , inner] = at;
  const own = directoryOf(path);
  if (is === 'kustomization') {
    if (field === 'resources' || field === 'bases')
      return { from: own, files: yaml, folders: 'kustomizations' };
    if (field === 'components') return { from: own, files: undefined, folders: 'components' };
    if (inner === 'path' || yamlLists.has(String(field))) return { from: own, files: yaml, folders: 'none' };
    if (inner === 'files' || inner === 'envs') return { from: own, files: anyFile, folders: 'none' };
    return inner === 'valuesFile' || inner === 'additionalValuesFiles'
      ? { from: own, files: yaml, folders: 'none' }
      : undefined;
  }
  if (is === 'configuration')
    return /(?:^|\.)(?:path|paths|root|baseline|schemas|directory)(?:\.|$)/u.test(
      at.filter((one) => typeof one === 'string').join('.'),
    )
      ? { from: own, files: yaml, folders: 'all' }
      : undefined;
  const field2 = at.filter((one) => typeof one === 'string').join('.');
  if (kind === 'Kustomization' && field2 === 'spec.path')
    return { from: '', files: undefined, folders: 'kustomizations' };
  if (kind === 'Kustomization' && field2 === 'spec.components') {
    const from = normalisePath((textAt(outline.root, 'spec', 'path') ?? '').replace(/^\.?\//u, ''));
    return from === undefined ? undefined : { from, files: undefined, folders: 'components' };
  }
  if (/^spec\.(?:template\.spec\.)?sources?\.path$/u.test(field2))
    return { from: '', files: undefined, folders: 'all' };
  if (kind === 'HelmRelease' && field2 === 'spec.chart.spec.chart' && /^[./]/u.test(typed))
    return { from: '', files: undefined, folders: 'all' };
  if (kind === 'ApplicationSet' && /\.git\.(?:directories|files)\.path$/u.test(field2))
    return { from: '', files: yaml, folders: 'all' };
  // Of Flux relative to the source, of Argo CD to the chart.
  if (field2.endsWith('.valuesFiles')) return { from: '', files: yaml, folders: 'none' };
  const from = field2.endsWith('.helm.valueFiles') ? chartAround(at, outline.root) : undefined;
  return from === undefined ? undefined : { from, files: yaml, folders: 'none' };
}

/** The folder of the chart that the value files at a path are for. */
function chartAround(at: Path, root: OutlineNode): string | undefined {
  const named = textAt(root, ...at.slice(0, at.indexOf('helm')), 'path');
  return named === undefined ? undefined : normalisePath(named.replace(/^\.\//u, ''));
}

const yamlLists: ReadonlySet<string> = new Set([
  'patchesStrategicMerge',
  'crds',
  'configurations',
  'generators',
  'transformers',
  'validators',
]);
