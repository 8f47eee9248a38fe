import { isKustomizationPath } from '../object/kustomization-path.ts';
import type { Sources } from '../source/load.ts';
import { normalisePath } from '../source/path.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';
import { compileWholeGoRegExp } from './go-regexp.ts';
import { isProblem } from './problem.ts';

/** Files that hold secrets for what other files say of them. */
export interface SecretFiles {
  /** What a generator of Secrets takes in: all of it is secret. */
  readonly generated: ReadonlySet<string>;
  /** Patches by what the kustomizations that name them say of their targets; the gravest of several counts. */
  readonly patches: ReadonlyMap<string, SecretTarget | 'none'>;
}

/** Whether the target is a Secret, is something of any kind, or what the patch itself says. */
export type SecretTarget = 'certain' | 'any kind' | 'perhaps';

/** The files that kustomizations, and the configurations of plugins that kustomize builds in, take in for Secrets. */
export function secretFiles(sources: Sources, inputs: readonly string[]): SecretFiles {
  const known = new Set(inputs);
  const generated = new Set<string>();
  const patches = new Map<string, SecretTarget | 'none'>();
  for (const path of inputs.filter((one) => mayConfigure(sources, one))) {
    const found = (name: Value | undefined): string[] => filesNamed(path, name, known);
    // As builds read them, so that nothing is parsed twice.
    const reader = isKustomizationPath(path) ? 'api-server' : 'kustomize';
    for (const { value } of sources.load(path, reader).documents) {
      for (const entry of generatorsIn(value))
        for (const name of namesIn(entry)) for (const file of found(name)) generated.add(file);
      for (const entry of patchesIn(value)) {
        const target = secretTarget(entry['target']) ?? 'none';
        for (const file of found(entry['path'])) patches.set(file, graver(target, patches.get(file)));
      }
    }
  }
  return { generated, patches };
}

const byGravity = ['certain', 'any kind', 'perhaps', 'none'] as const;

function graver(one: SecretTarget | 'none', other: SecretTarget | 'none' = 'none'): SecretTarget | 'none' {
  return byGravity.find((each) => each === one || each === other) ?? one;
}

/** A kustomization, or the configuration of a plugin. */
function mayConfigure(sources: Sources, path: string): boolean {
  if (isKustomizationPath(path)) return true;
  const text = /\.(?:ya?ml|json)$/u.test(path) ? sources.file(path)?.text : undefined;
  return text !== undefined && /SecretGenerator|Patch(?:Json6902)?Transformer|\\/u.test(text);
}

/** Entries of `secretGenerator`, or the configuration of the plugin. */
export function generatorsIn(document: Value): Mapping[] {
  if (!isMapping(document)) return [];
  if (document['kind'] === 'SecretGenerator') return [document];
  return mappingsIn(document['secretGenerator']);
}

function namesIn({ files, envs, env }: Mapping): (Value | undefined)[] {
  return [isSequence(files) ? files : [], isSequence(envs) ? envs : [], [env]].flat();
}

function patchesIn(document: Value): Mapping[] {
  if (!isMapping(document)) return [];
  if (isPatchPlugin(document)) return [document];
  return [...mappingsIn(document['patches']), ...mappingsIn(document['patchesJson6902'])];
}

export function isPatchPlugin(document: Mapping): boolean {
  return document['kind'] === 'PatchTransformer' || document['kind'] === 'PatchJson6902Transformer';
}

function mappingsIn(list: Value | undefined): Mapping[] {
  return isSequence(list) ? list.filter(isMapping) : [];
}

/** Whether a patch is for a Secret: by the kind of its target, an anchored regular expression. */
export function secretTarget(target: Value | undefined): SecretTarget | undefined {
  if (!isMapping(target)) return 'perhaps';
  const { kind } = target;
  // kustomize then asks neither for the kind of the target nor for that of the patch.
  if (typeof kind !== 'string' || kind === '') return 'any kind';
  const expression = compileWholeGoRegExp(kind);
  if (isProblem(expression)) return 'any kind';
  return expression.test('Secret') ? 'certain' : undefined;
}

/** A path in a file that stands in the folder of its kustomization, or below it, as configurations of plugins do. */
function filesNamed(by: string, name: Value | undefined, known: ReadonlySet<string>): string[] {
  if (typeof name !== 'string') return [];
  const path = name.slice(name.indexOf('=') + 1);
  const folders = by.split('/').slice(0, -1);
  return folders.concat('').flatMap((_, depth) => {
    const file = normalisePath([...folders.slice(0, folders.length - depth), path].join('/'));
    return file !== undefined && (depth === 0 || known.has(file)) ? [file] : [];
  });
}
