import { closestField } from '../../schema/suggestion.ts';
import type { Mapping } from '../../source/value.ts';
import {
  type Check,
  each,
  forbidden,
  invalid,
  mostHelped,
  notFound,
  notSupported,
  required,
} from './check.ts';
import { flag, has, optionalText, struct, structs, text } from './fields.ts';
import { checkRelativePath } from './paths.ts';

/** The volumes of a pod by name. */
export type Volumes = ReadonlyMap<string, Mapping>;

const propagations = ['Bidirectional', 'HostToContainer', 'None'];

/** Checks `volumeMounts` of one container against the pod's volumes. */
export function validateVolumeMounts(container: Mapping, check: Check, volumes: Volumes): void {
  const paths = new Set<string>();
  const devices = structs(container, 'volumeDevices');
  each(check, container, 'volumeMounts', (mount) => {
    const name = text(mount, 'name');
    const mountPath = text(mount, 'mountPath');
    if (name === '') required(check, 'name');
    else if (!volumes.has(name)) reportUnknownVolume(check, name, volumes);
    if (mountPath === '') required(check, 'mountPath');
    else if (paths.has(mountPath))
      invalid(check, 'mountPath', mountPath, 'another volume is already mounted here');
    paths.add(mountPath);
    if (devices.some((device) => text(device, 'name') === name))
      invalid(check, 'name', name, 'is already in volumeDevices');
    if (devices.some((device) => text(device, 'devicePath') === mountPath))
      invalid(check, 'mountPath', mountPath, 'is already the path of a volume device');
    validateSubPaths(mount, check);
    validatePropagation(mount, check, container);
    validateRecursiveReadOnly(mount, check);
  });
}

/** Checks `volumeDevices` of one container against the pod's volumes. */
export function validateVolumeDevices(container: Mapping, check: Check, volumes: Volumes): void {
  const paths = new Set<string>();
  const names = new Set<string>();
  const mounts = structs(container, 'volumeMounts');
  each(check, container, 'volumeDevices', (device) => {
    const name = text(device, 'name');
    const path = text(device, 'devicePath');
    const volume = volumes.get(name);
    if (name === '') required(check, 'name');
    else if (volume === undefined) reportUnknownVolume(check, name, volumes);
    else if (!has(volume, 'persistentVolumeClaim') && !has(volume, 'ephemeral'))
      invalid(check, 'name', name, 'only a persistentVolumeClaim or ephemeral volume can be a block device');
    if (names.has(name)) invalid(check, 'name', name, 'is in volumeDevices twice');
    if (path === '') required(check, 'devicePath');
    else if (paths.has(path)) invalid(check, 'devicePath', path, 'another device already has this path');
    if (path.split('/').includes('..')) invalid(check, 'devicePath', path, 'must not contain ".."');
    if (mounts.some((mount) => text(mount, 'name') === name))
      invalid(check, 'name', name, 'is already in volumeMounts');
    if (mounts.some((mount) => text(mount, 'mountPath') === path))
      invalid(check, 'devicePath', path, 'is already the path of a volume mount');
    paths.add(path);
    names.add(name);
  });
}

function reportUnknownVolume(check: Check, name: string, volumes: Volumes): void {
  const meant = check.errors.length < mostHelped ? closestField(name, volumes.keys()) : undefined;
  notFound(
    check,
    'name',
    name,
    `no volume of the pod is named "${name}"`,
    meant === undefined ? 'add it to volumes' : `write "${meant}", or add it to volumes`,
  );
}

function validateSubPaths(mount: Mapping, check: Check): void {
  const subPath = text(mount, 'subPath');
  const expression = text(mount, 'subPathExpr');
  if (subPath !== '') checkRelativePath(check, 'subPath', subPath);
  if (expression === '') return;
  if (subPath !== '') invalid(check, 'subPathExpr', expression, 'must not be set together with subPath');
  checkRelativePath(check, 'subPathExpr', expression);
}

function validatePropagation(mount: Mapping, check: Check, container: Mapping): void {
  const propagation = optionalText(mount, 'mountPropagation');
  if (propagation === undefined) return;
  if (!propagations.includes(propagation)) notSupported(check, 'mountPropagation', propagation, propagations);
  else if (
    propagation === 'Bidirectional' &&
    flag(struct(container, 'securityContext'), 'privileged') !== true
  )
    forbidden(check, 'mountPropagation', 'Bidirectional is allowed only for privileged containers');
}

function validateRecursiveReadOnly(mount: Mapping, check: Check): void {
  const mode = optionalText(mount, 'recursiveReadOnly');
  if (mode === undefined || mode === 'Disabled' || check.minor < 31) return;
  if (mode !== 'Enabled' && mode !== 'IfPossible') {
    notSupported(check, 'recursiveReadOnly', mode, ['Disabled', 'IfPossible', 'Enabled']);
    return;
  }
  if (flag(mount, 'readOnly') !== true) forbidden(check, 'recursiveReadOnly', 'needs readOnly: true');
  if (!['', 'None'].includes(text(mount, 'mountPropagation')))
    forbidden(check, 'recursiveReadOnly', 'needs mountPropagation None');
}
