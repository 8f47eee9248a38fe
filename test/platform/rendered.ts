import { parseAllDocuments } from 'yaml';
import { spawnCli } from '../support/run-cli.ts';

/** An object as it is rendered; its fields are looked up by what a test expects of them. */
export interface Rendered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
}

const known = new Map<string, readonly Rendered[]>();

/** What `cdb-lint render` makes of a directory, which is what Kustomize makes of it. */
export function render(directory: string): readonly Rendered[] {
  const objects = known.get(directory) ?? renderAnew(directory);
  known.set(directory, objects);
  return objects;
}

function renderAnew(directory: string): readonly Rendered[] {
  const { status, stdout, stderr } = spawnCli(['render', directory]);
  if (status !== 0) throw new Error(`cdb-lint render ${directory}: ${stderr}`);
  return parseAllDocuments(stdout).map((document) => document.toJS() as Rendered);
}

export function findRendered(objects: readonly Rendered[], kind: string, name: string): Rendered {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
}

export function specsOf(objects: readonly Rendered[], kind: string): Readonly<Record<string, unknown>>[] {
  return objects.flatMap((object) =>
    object.kind === kind && object.spec !== undefined ? [object.spec] : [],
  );
}

/** `4m30s` in seconds. */
export function seconds(duration: unknown): number {
  const match = /^(?:(\d+)m)?(?:(\d+)s)?$/u.exec(String(duration));
  if (match === null || match[0] === '') throw new Error(`unexpected duration ${String(duration)}`);
  return Number(match[1] ?? 0) * 60 + Number(match[2] ?? 0);
}
