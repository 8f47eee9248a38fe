import { blamedField, blameResource, findResources } from '../build/blame.ts';
import { blameReport, historyReport } from '../report/blame.ts';
import { complain, type ExitCode, type Io, say } from './io.ts';
import type { Invocation } from './parse-arguments.ts';
import { openRendering, reportedBuild } from './rendering.ts';

/** Prints an object with the line that set each value, or every layer of one field. */
export function runBlame(invocation: Invocation, io: Io): ExitCode {
  const [operand = '', wanted = '', field] = invocation.operands;
  const { directory, build } = openRendering(invocation, io);
  const built = reportedBuild(build(directory), io);
  if (built === undefined) return 2;
  const found = findResources(built.resources, wanted);
  const [resource] = found;
  if (resource === undefined || found.length > 1) {
    const names = (found.length > 1 ? found : findResources(built.resources, '')).map(({ label }) => label);
    return complain(
      io,
      `${found.length === 0 ? 'nothing' : 'more than one object'} in ${operand} is ${wanted}`,
      `name one of ${names.slice(0, 20).join(', ')}`,
    );
  }
  if (field === undefined) return say(io, blameReport(blameResource(resource.resource)));
  const blamed = blamedField(resource.resource, field);
  if (blamed === undefined)
    return complain(io, `${wanted} has no field ${field}`, 'write it as spec.containers[0].image');
  return say(io, historyReport(blamed));
}
