// Preloaded into a process that must not reach anything: everything that opens a connection or starts a process throws.
import { createRequire, syncBuiltinESMExports } from 'node:module';

const require = createRequire(import.meta.url);
const forbidden = [
  'child_process',
  'cluster',
  'dgram',
  'dns',
  'dns/promises',
  'http',
  'http2',
  'https',
  'net',
  'tls',
];

for (const name of forbidden) {
  const module = require(name);
  for (const [key, value] of Object.entries(module)) {
    if (typeof value === 'function') replace(module, key, `${name}.${key}`);
  }
}
for (const name of ['fetch', 'WebSocket', 'EventSource']) {
  if (name in globalThis) replace(globalThis, name, name);
}
syncBuiltinESMExports();

function replace(owner, key, name) {
  const thrower = function forbiddenHere() {
    throw new Error(`offline: ${name} was used`);
  };
  Object.defineProperty(owner, key, { value: thrower, configurable: true, writable: true, enumerable: true });
}
