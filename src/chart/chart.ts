import type { GoMap } from '../template/value/model.ts';

/** A file of a chart: its name inside of the chart, and the path by which people find it. */
export interface ChartFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A dependency as Chart.yaml declares it. */
export interface ChartDependency {
  readonly name: string;
  readonly version: string;
  /** The address of a chart repository or a registry, `file://` and a path, or empty. */
  readonly repository: string;
  readonly condition: string;
  readonly tags: readonly string[];
  readonly alias: string;
  /** Parts of the child's values to be taken over: a name below its `exports`, or a path there and one here. */
  readonly imports: readonly (string | { readonly child: string; readonly parent: string })[];
}

/** What Chart.yaml says. */
export interface ChartMetadata {
  readonly name: string;
  readonly version: string;
  readonly appVersion: string;
  readonly apiVersion: string;
  readonly kubeVersion: string;
  readonly type: string;
  readonly dependencies: readonly ChartDependency[];
  /** All of it by the names that templates call it. */
  readonly fields: GoMap;
}

/** A chart as it was read, or as its dependencies were chosen and its values merged. */
export interface Chart {
  readonly metadata: ChartMetadata;
  readonly values: GoMap;
  readonly templates: readonly ChartFile[];
  readonly files: readonly ChartFile[];
  /** Chart.yaml and what else has a meaning of its own. */
  readonly own: readonly ChartFile[];
  readonly schema?: ChartFile;
  readonly dependencies: readonly Chart[];
}

/** All files of a chart and of the charts inside of it. */
export function filesOfChart({ templates, files, schema, dependencies, own }: Chart): ChartFile[] {
  return [
    ...own,
    ...templates,
    ...files,
    ...(schema === undefined ? [] : [schema]),
    ...dependencies.flatMap(filesOfChart),
  ];
}

/** Thrown inside and caught where charts are rendered. */
export class ChartError extends Error {
  readonly file: string | undefined;
  readonly start: number | undefined;

  constructor(message: string, file?: string, start?: number) {
    super(message);
    this.file = file;
    this.start = start;
  }
}

/** Values that do not fit the schema of a chart. */
export class ValuesRefused extends ChartError {}

/** A file of a chart whose content is not in this clone: it is in Git LFS, in a submodule, or was left out. */
export class ChartNotFetched extends ChartError {}

/** The charts that one depends on and that are not in its `charts/`: `helm template` refuses it, and controllers fetch them first. */
export class ChartLacking extends ChartError {
  readonly charts: readonly string[];
  /** Whether all of them are in a chart repository or a registry. */
  readonly isFetchable: boolean;

  constructor(charts: readonly string[], isFetchable: boolean) {
    super(`found in Chart.yaml, but missing in charts/ directory: ${charts.join(', ')}`);
    this.charts = charts;
    this.isFetchable = isFetchable;
  }
}
