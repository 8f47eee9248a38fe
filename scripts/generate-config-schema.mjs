// Writes the Kubernetes versions of src/configuration/kubernetes-releases.json into schema/config.json; with --check only says
// whether they are there.
import { readFileSync } from 'node:fs';
import { keepGenerated } from './generated-file.mjs';

const root = new URL('..', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');

const { releases } = JSON.parse(read('src/configuration/kubernetes-releases.json'));
const minors = releases.map((release) => `"${release.split('.').slice(0, 2).join('.')}"`);
const place = /("kubernetesVersion": \{\n *"enum": )\[[^\]]*\]/u;

const text = read('schema/config.json');
if (!place.test(text)) throw new Error('schema/config.json has no definition kubernetesVersion with an enum');
keepGenerated('schema/config.json', text.replace(place, `$1[${minors.join(', ')}]`));
