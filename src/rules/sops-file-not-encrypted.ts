import { originOfDocument } from '../build/provenance.ts';
import { isMapping, type Mapping } from '../source/value.ts';
import type { BuildRule } from './rule.ts';

/** A file that is called encrypted and is not: `sops` was forgotten before the commit. */
export const sopsFileNotEncrypted: BuildRule = {
  id: 'sops-file-not-encrypted',
  severity: 'error',
  scope: 'build',
  judgesFiles: true,
  *judge({ inputs }, { sources }) {
    for (const path of inputs.filter((one) => /\.sops\.(?:ya?ml|json)$/u.test(one)))
      for (const { value, positions } of sources.load(path, 'kustomize').documents)
        if (isMapping(value) && value['sops'] === undefined && dataField(value) !== undefined)
          yield {
            at: [{ value, origin: originOfDocument('resources', positions) }, dataField(value) ?? 'data'],
            message: `${path} is named as if SOPS had encrypted it, and stands here in the clear`,
            help: `run sops --encrypt --in-place ${path}, and change what was committed: it is known now`,
          };
  },
};

function dataField(value: Mapping): string | undefined {
  return ['stringData', 'data'].find((field) => {
    const data = value[field];
    return isMapping(data) && Object.keys(data).length > 0;
  });
}
