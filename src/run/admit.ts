import { judgeResources } from '../admit/judge.ts';
import { withCustomKinds } from '../admit/set-schemas.ts';
import { clusterTarget } from '../configuration/cluster-target.ts';
import { defaultConfiguration } from '../configuration/configuration.ts';
import { readVersions, unknownVersion } from '../configuration/kubernetes-versions.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { readObjects } from '../object/plain-manifests.ts';
import type { Resource } from '../object/resource.ts';
import { assembleReport } from '../report/finding/assemble.ts';
import type { LeftOut, Report } from '../report/report.ts';
import { openSources, type Sources } from '../source/load.ts';
import { sha256 } from '../source/sha256.ts';
import type { Mapping } from '../source/value.ts';
import { findManifests } from '../survey/entry-points.ts';
import { earlierObjects } from './earlier.ts';
import type { AdmitOptions } from './request.ts';
import { secretsIn } from './secrets.ts';
import { nothingToJudge } from './unit-report.ts';
import { withoutSchema } from './verdict.ts';

/** Judges each document as an API server would when it is created or updated: no Kustomize, no rules, no policies, no configuration. */
export function admit(options: AdmitOptions): Report {
  const { paths, failOn = 'error', requireSchemas = false } = options;
  const sources = openSources(options.fileSystem);
  const found = findManifests(sources, paths);
  const { resources, diagnostics } = readObjects(sources, found.files);
  const versions = readVersions(options.kubernetesVersions ?? []);
  const target = clusterTarget(defaultConfiguration, undefined, {
    appliedBy: 'create',
    ...options,
    kubernetesVersions: 'problem' in versions ? [] : versions,
  });
  const [set] = withCustomKinds([{ resources }], []);
  const earlier = readEarlier(sources, resources, options);
  const judged = judgeResources(resources, {
    ...target,
    policies: [],
    ...(set === undefined ? {} : { customKinds: set.customKinds }),
    requiresSchemas: requireSchemas,
    before: earlier.objects,
  });
  const problems = [
    ...('problem' in versions ? [unknownVersion(versions)] : []),
    ...found.diagnostics,
    ...diagnostics.map((one) => (target.appliedBy === 'create' ? one : toleratingRepeats(one))),
    ...earlier.diagnostics,
    ...judged.diagnostics,
  ];
  const plainFiles = [...found.files, ...earlier.files];
  const secrets = secretsIn(sources, problems, [{ resources, inputs: [] }], plainFiles);
  const isEmpty = resources.length === 0 && problems.length === 0;
  return assembleReport({
    diagnostics: problems,
    accepted: [],
    serviceOf: () => undefined,
    environments: [],
    coverage: {
      ...sources.counts,
      builds: 0,
      objects: resources.length,
      policies: 0,
      objectsKnown: resources.length,
      objectsJudged:
        resources.length - new Set([...judged.undecoded, ...judged.schemaless, ...judged.ruleless]).size,
      ...withoutSchema([judged]),
      notDeployed: found.kustomizations,
      leftOut: leftOutKustomizations(found.kustomizations),
    },
    unchecked: isEmpty ? [nothingToJudge(paths)] : earlier.unchecked,
    rules: [],
    policies: [],
    secrets: secrets.spans,
    secretTexts: secrets.texts,
    openNames: secrets.open,
    hiddenNames: secrets.names,
    failOn,
    digest: sha256,
  });
}

function leftOutKustomizations(paths: readonly string[]): LeftOut[] {
  const places = paths.map((path) => ({ path, objects: 0 }));
  return places.length === 0 ? [] : [{ why: 'part of no build, so left out', places }];
}

interface Earlier extends Pick<Report, 'unchecked'> {
  readonly objects: ReadonlyMap<Resource, Mapping>;
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The objects before an update; where there is none at all, the folders were mixed up rather than everything new. */
function readEarlier(
  sources: Sources,
  resources: readonly Resource[],
  { paths, old }: Pick<AdmitOptions, 'paths' | 'old'>,
): Earlier {
  if (old === undefined) return { objects: new Map(), files: [], diagnostics: [], unchecked: [] };
  const found = findManifests(sources, [old]);
  const { resources: earlier, diagnostics } = readObjects(sources, found.files);
  const objects = earlierObjects(resources, earlier, { paths, old });
  const unchecked = {
    what: old || '.',
    why: 'no file there has the same name and an object that is checked here, so no update was checked',
  };
  return {
    objects,
    files: found.files,
    diagnostics: [...found.diagnostics, ...diagnostics],
    unchecked: objects.size === 0 ? [unchecked] : [],
  };
}

// Whoever applies makes JSON of the file first, in which the last of two keys has won.
function toleratingRepeats(diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.rule !== 'duplicate-key') return diagnostic;
  const { unchecked: _, ...rest } = diagnostic;
  return { ...rest, severity: 'warning' };
}
