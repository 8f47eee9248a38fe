import { blamedField, blameResource, findResources, type LabelledResource } from '../build/blame.ts';
import { nearest } from '../configuration/nearest.ts';
import type { Resource } from '../object/resource.ts';
import { blameReport, historyReport } from '../report/terminal/blame.ts';
import { complain, type ExitCode, type Io, say } from './io.ts';
import { type Command, root } from './options.ts';
import type { Invocation } from './parse-arguments.ts';
import { openRendering, reportedBuild } from './rendering.ts';

export const command: Command = {
  name: 'blame',
  synopsis: 'cdb-lint blame DIR KIND/NAME [FIELD]',
  words: 'say which line set each value, or every layer of one field',
  examples: [
    ['cdb-lint blame k8s/overlays/prod Deployment/ws', 'the whole object'],
    ['cdb-lint blame k8s/overlays/prod Deployment/ws spec.replicas', 'every layer of one field'],
    ["cdb-lint blame k8s/overlays/prod Deployment/ws 'spec.template.spec.containers[name=ws].image'", ''],
  ],
  operands: { min: 2, max: 3, name: 'DIR KIND/NAME FIELD' },
  options: [root],
  run: runBlame,
};

/** Prints an object with the line that set each value, or every layer of one field. */
function runBlame(invocation: Invocation, io: Io): ExitCode {
  const [operand = '', wanted = '', field] = invocation.operands;
  const opened = openRendering(invocation, io);
  const built = opened === undefined ? undefined : reportedBuild(opened.build(opened.directory), io);
  if (built === undefined) return 2;
  const found = findResources(built.resources, wanted);
  const [resource] = found;
  if (resource === undefined || found.length > 1) {
    return complain(
      io,
      `${found.length === 0 ? 'nothing' : 'more than one object'} in ${operand} is ${wanted}`,
      whichObject(built.resources, found, wanted),
    );
  }
  if (field === undefined) return say(io, blameReport(blameResource(resource.resource)));
  const blamed = blamedField(resource.resource, field);
  if (blamed === undefined)
    return complain(io, `${wanted} has no field ${field}`, 'write it as spec.containers[0].image');
  return say(io, historyReport(blamed));
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
  return `name one of ${labels.slice(0, 20).join(', ')}${more}`;
}
