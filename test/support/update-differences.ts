/** Updates that we judge otherwise than the server in the record, each with the reason. */
export const knownUpdateDifferences: ReadonlyMap<string, string> = new Map([
  [
    'crd.0.change.spec.scope.1bbb91',
    'the definition was not established yet when the record was made; scope is immutable from then on',
  ],
]);
