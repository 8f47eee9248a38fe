// What bench/broken.mjs takes from the tests.
export { breakPlatform } from '../test/broken/break-platform.ts';
export { edits } from '../test/broken/edits.ts';
