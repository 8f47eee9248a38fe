// Lints files that never touch a disk, as an editor or a bot would, and prints what is wrong.
import { lint, memoryFileSystem, report } from 'cdb-lint';

const fileSystem = memoryFileSystem({
  'prod/kustomization.yaml': 'resources: [settings.yaml]\nnamePrefix: prod-\n',
  'prod/settings.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndatas:\n  level: info\n',
});

const result = lint({ fileSystem, paths: ['.'], only: ['unknown-field'] });

for (const { rule, message, span, object } of result.findings)
  console.log(`${span.file.path}: ${rule}: ${message} (${object?.kind} ${object?.name})`);
console.log(report(result, 'terminal'));
process.exitCode = result.exitCode;
