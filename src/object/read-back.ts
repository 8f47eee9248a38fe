const version = /["']?resourceVersion["']?:\s*["']?\d/u;
const identity = /["']?uid["']?:\s*["']?[0-9a-f]{8}-[0-9a-f]{4}-/u;

/** Whether a text holds objects as an API server answers them: nobody writes a version and an identity that it gave. */
export function isReadBack(text: string): boolean {
  return text.includes('resourceVersion') && version.test(text) && identity.test(text);
}
