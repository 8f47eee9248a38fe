import type { SourceFile } from '../diagnostic/source-file.ts';
import { knownOnce } from './known-once.ts';

const version = /["']?resourceVersion["']?:\s*["']?\d/u;
const identity = /["']?uid["']?:\s*["']?[0-9a-f]{8}-[0-9a-f]{4}-/u;

/** Whether a file holds objects as an API server answers them: nobody writes a version and an identity that it gave. */
export const isReadBack = knownOnce(
  ({ text }: SourceFile) => text.includes('resourceVersion') && version.test(text) && identity.test(text),
);
