import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { default: minor } = JSON.parse(
  readFileSync(new URL('../src/configuration/kubernetes-releases.json', import.meta.url), 'utf8'),
);
const program = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    name = next(n for n in wheel.namelist() if '/v${minor}.' in n and n.endswith('-local-strict/_definitions.json'))
    sys.stdout.buffer.write(wheel.read(name))
`;

/**
 * A directory with a strict, self-contained schema of Deployment as kubeconform loads them, made once from PyPI's
 * kubernetes-validate and kept below the temporary directory; undefined where it cannot be made.
 */
export function deploymentSchema() {
  const directory = join(tmpdir(), `cdb-lint-bench-schemas-${minor}`);
  const file = join(directory, 'deployment-apps-v1.json');
  try {
    readFileSync(file);
    return directory;
  } catch {}
  const definitions = download();
  if (definitions === undefined) return undefined;
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, JSON.stringify(inline(definitions, definitions['io.k8s.api.apps.v1.Deployment'])));
  return directory;
}

function download() {
  const directory = mkdtempSync(join(tmpdir(), 'cdb-lint-bench-'));
  try {
    const words = ['download', '--quiet', '--no-deps', '--dest', directory, 'kubernetes-validate'];
    if (spawnSync('pip', words, { stdio: 'ignore' }).status !== 0) return undefined;
    const script = `python3 -c "$0" ${directory}/*.whl`;
    const { stdout, status } = spawnSync('bash', ['-c', script, program], { maxBuffer: 2 ** 26 });
    return status === 0 ? JSON.parse(stdout.toString()).$defs : undefined;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Every reference replaced by what it names, and no field allowed that is not listed. */
function inline(definitions, schema) {
  if (Array.isArray(schema)) return schema.map((item) => inline(definitions, item));
  if (typeof schema !== 'object' || schema === null) return schema;
  if (typeof schema.$ref === 'string')
    return inline(definitions, definitions[schema.$ref.replace(/^.*\//u, '')]);
  const entries = Object.entries(schema).map(([key, value]) => [key, inline(definitions, value)]);
  const strict = schema.properties === undefined ? {} : { additionalProperties: false };
  return { ...Object.fromEntries(entries), ...strict };
}
