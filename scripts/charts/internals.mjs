// What compare-charts.mjs needs of the source: the command line as a function.
export { dispatch } from '../../src/command/dispatch.ts';
export { openWorkingDirectory } from '../../src/source/working-directory.ts';
