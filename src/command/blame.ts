import { blamedField, blameResource, findResources, type LabelledResource } from '../build/blame.ts';
import { nearest } from '../configuration/nearest.ts';
import type { Build } from '../object/build.ts';
import type { Resource } from '../object/resource.ts';
import { withoutNames } from '../report/finding/hide-names.ts';
import { wordRedactor } from '../report/finding/redact.ts';
import { blameReport, historyReport } from '../report/terminal/blame.ts';
import { secretsAt } from '../run/secrets.ts';
import type { Sources } from '../source/load.ts';
import { blameRows } from './blame-row.ts';
import { withoutSecret, withoutSecrets } from './hidden-secrets.ts';
import { complain, type ExitCode, type Io, say } from './io.ts';
import type { Invocation } from './options.ts';
import { base, type Command, root } from './options.ts';
import { openRendering, reportedBuild } from './rendering.ts';

export const command: Command = {
  name: 'blame',
  synopsis: 'cdb-lint blame DIR KIND/NAME [FIELD] | DIGEST',
  words: 'show which line sets each value, every layer of one field, or the lines behind a row of a plan',
  examples: [
    ['cdb-lint blame k8s/overlays/prod Deployment/ws', 'the whole object'],
    ['cdb-lint blame k8s/overlays/prod Deployment/ws spec.replicas', 'every layer of one field'],
    ["cdb-lint blame k8s/overlays/prod Deployment/ws 'spec.template.spec.containers[name=ws].image'", ''],
    ['cdb-lint blame d73a310f --base HEAD^1', 'a row of a plan: the fields that differ, and their lines'],
  ],
  operands: { min: 1, max: 3, name: 'DIR KIND/NAME FIELD' },
  options: [base, root],
  run: runBlame,
};

/** Prints an object with the line that set each value, or every layer of one field. */
function runBlame(invocation: Invocation, io: Io): ExitCode {
  const [operand = '', wanted, field] = invocation.operands;
  if (wanted === undefined) return blameOne(operand, invocation, io);
  const opened = openRendering(invocation, io);
  const built = opened && reportedBuild(opened.build(opened.directory), opened, io);
  if (opened === undefined || built === undefined) return 2;
  const found = findResources(built.resources, wanted);
  const [resource] = found;
  if (resource === undefined || found.length > 1) {
    const { names } = secretsAt(opened.sources, { places: [], rendered: [built] });
    return complain(
      io,
      `${found.length === 0 ? 'nothing' : 'more than one object'} in ${operand} is ${wanted}`,
      withoutNames(whichObject(built.resources, found, wanted), names),
    );
  }
  return sayOrigins({ resource: resource.resource, wanted, field, built, sources: opened.sources }, io);
}

/** One operand names a row, or lacks the object. */
function blameOne(name: string, invocation: Invocation, io: Io): ExitCode {
  if (invocation.option('base') !== undefined || /^[\da-f]{6,}$/u.test(name))
    return blameRows(invocation, io);
  return complain(io, 'blame needs a DIR KIND/NAME FIELD', `write ${command.synopsis}`);
}

interface Asked {
  readonly resource: Resource;
  readonly wanted: string;
  readonly field: string | undefined;
  readonly built: Build;
  readonly sources: Sources;
}

/** Whoever asks where values come from need not see those of Secrets. */
function sayOrigins({ resource, wanted, field, built, sources }: Asked, io: Io): ExitCode {
  const blamed = field === undefined ? undefined : blamedField(resource, field);
  if (field !== undefined && blamed === undefined)
    return complain(io, `${wanted} has no field ${field}`, 'write it as spec.containers[0].image');
  const places = (blamed?.steps ?? []).map(({ span }) => span);
  const secrets = secretsAt(sources, { places, rendered: [built] });
  const redact = wordRedactor(secrets);
  if (field === undefined || blamed === undefined)
    return say(io, blameReport(withoutSecrets(resource, blameResource(resource), redact)));
  return say(io, historyReport(withoutSecret(resource, field, blamed, redact), secrets.spans));
}

/** The names that the object may be told by: those that are alike, or else the one that was probably meant. */
function whichObject(
  resources: readonly Resource[],
  found: readonly LabelledResource[],
  wanted: string,
): string {
  const labels = (found.length > 1 ? found : findResources(resources, '')).map(({ label }) => label);
  // A namespace stands in the label, which nobody has to type.
  const short = labels.map((label) => label.replace(/\/.*\//u, '/'));
  const close = found.length > 1 ? undefined : nearest(wanted, [...labels, ...short]);
  if (close !== undefined) return `did you mean "${close}"?`;
  const more = labels.length > 20 ? ` and ${labels.length - 20} more` : '';
  return `use one of ${labels.slice(0, 20).join(', ')}${more}`;
}
