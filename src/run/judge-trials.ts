import { admissionRules } from '../admit/admission-findings.ts';
import { judgeResources } from '../admit/judge.ts';
import type { BuildMemory } from '../build/build-memory.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Build } from '../object/build.ts';
import { knownBeside, knownOnce } from '../object/known-once.ts';
import { isSetIn } from '../object/origin-files.ts';
import { originOfDocument } from '../object/provenance.ts';
import type { Resource } from '../object/resource.ts';
import { isMapping } from '../source/value.ts';
import type { ComponentTrial } from '../survey/component-trials.ts';
import type { World } from './learn.ts';
import type { Run } from './run.ts';

/** What is wrong with components that no environment takes, whatever environment takes them: what is in their own files alone. */
export function judgeTrials(trials: readonly ComponentTrial[], world: World, run: Run): Diagnostic[] {
  return trials.flatMap((trial) => {
    const own = new Set(trial.files);
    const words = JSON.stringify([trial.files, world.units[0]?.target, run.options.appliedBy]);
    const ofTrial = (list: readonly Diagnostic[]): Diagnostic[] =>
      list.filter(({ span }) => own.has(span.file.path));
    const judgeBuild = (build: Build): readonly Diagnostic[] =>
      knownOf(build, world, run, words, () => {
        const touched = build.resources.filter(({ origin }) => isSetIn(own, origin));
        return ofTrial(admissionOf(touched, world, run));
      });
    const whole = trial.builds.find(({ complete }) => complete);
    const found =
      whole === undefined
        ? [
            ...inAll(trial.builds.map(({ diagnostics }) => ofTrial(diagnostics.filter(isOfFiles)))),
            ...ofTrial(ofDocuments(trial, world, run)),
          ]
        : inAllOf(judgeBuild(whole), () => trial.others.filter(isComplete).map(judgeBuild));
    return found.map(withoutEntryPoint);
  });
}

/** What an earlier run of the same memory found of the very build, or what is found now. */
function knownOf(
  build: Build,
  { units }: World,
  { memory, configuration }: Run,
  words: string,
  find: () => readonly Diagnostic[],
): readonly Diagnostic[] {
  const beside = [words, units[0]?.customKinds, configuration.looseSchemas];
  return memory === undefined ? find() : judgedIn(memory)(build, beside, find);
}

const judgedIn = knownOnce((_memory: BuildMemory) => knownBeside<Build, readonly Diagnostic[]>());

/** What the others say as well; they are asked only where there is something to ask. */
function inAllOf(
  first: readonly Diagnostic[],
  others: () => readonly (readonly Diagnostic[])[],
): readonly Diagnostic[] {
  return first.length === 0 ? [] : inAll([first, ...others()]);
}

function isComplete({ complete }: Build): boolean {
  return complete;
}

const ofAdmission: ReadonlySet<string> = new Set(Object.values(admissionRules));

function admissionOf(
  resources: readonly Resource[],
  { units }: World,
  { configuration, options }: Run,
): Diagnostic[] {
  const [first] = units;
  if (first === undefined) return [];
  const { target, customKinds } = first;
  const judged = judgeResources(resources, {
    ...target,
    customKinds,
    policies: [],
    looseKinds: configuration.looseSchemas,
    // Nobody knows who applies it, and with which variables.
    hasPlaceholders: true,
    requiresSchemas: false,
    ...(options.appliedBy === undefined ? {} : { appliedBy: options.appliedBy }),
  });
  return judged.diagnostics.filter(({ rule }) => ofAdmission.has(rule));
}

/** What every one of the lists says of the same place. */
function inAll(lists: readonly (readonly Diagnostic[])[]): Diagnostic[] {
  const [first = [], ...others] = lists;
  const keys = others.map((list) => new Set(list.map(keyOf)));
  return first.filter((one) => keys.every((known) => known.has(keyOf(one))));
}

function keyOf({ rule, message, span }: Diagnostic): string {
  return JSON.stringify([rule, message, span.file.path, span.start]);
}

/** What is wrong with its files, and not what nobody's environment has for it. */
function isOfFiles({ rule }: Diagnostic): boolean {
  return ofFiles.has(rule);
}

const ofFiles: ReadonlySet<string> = new Set([
  'file-missing',
  'kustomization-missing',
  'kustomization-invalid',
  'not-json',
  'yaml-syntax',
  'selector-invalid',
]);

/** Manifests and patches by themselves: of a part of an object only the fields that it has can be wrong. */
function ofDocuments({ files }: ComponentTrial, world: World, run: Run): Diagnostic[] {
  const resources = files.flatMap((file) =>
    run.sources
      .load(file, 'kustomize')
      .documents.flatMap(({ value, positions }): Resource[] =>
        isMapping(value) && typeof value['kind'] === 'string' && value['kind'] !== 'Component'
          ? [{ object: value, origin: originOfDocument('resources', positions) }]
          : [],
      ),
  );
  return admissionOf(resources, world, run).filter(
    ({ rule, field = '' }) => (rule === 'unknown-field' || rule === 'wrong-type') && !field.includes('$'),
  );
}

function withoutEntryPoint({ entryPoint: _, ...diagnostic }: Diagnostic): Diagnostic {
  return diagnostic;
}
