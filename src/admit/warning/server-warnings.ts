import { ownOf } from '../../source/own.ts';
import type { Mapping } from '../../source/value.ts';
import { mappingOf, noFields } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { FieldError } from '../field-error.ts';
import { type Check, newCheck } from '../validation/check.ts';
import { struct } from '../validation/fields.ts';
import { warnOfFormats } from './crd-warnings.ts';
import { warnOfEndpoints, warnOfPolicy, warnOfService, warnOfSlice } from './network-warnings.ts';
import {
  warnOfAccount,
  warnOfHistory,
  warnOfIndexes,
  warnOfIngress,
  warnOfNode,
  warnOfResourceSlice,
  warnOfRuntimeClass,
  warnOfSecret,
  warnOfStaticName,
} from './other-warnings.ts';
import { warnOfDottedName, warnOfPod } from './pod-warnings.ts';
import { warnOfQuota } from './quota-warnings.ts';
import { warnOfClaim, warnOfCsiDriver, warnOfStorageClass, warnOfVolume } from './storage-warnings.ts';

type Warner = (object: Mapping, check: Check) => void;

const workload: Warner = (object, check) => {
  warnOfDottedName(object, check);
  warnOfTemplate(object, check);
};

const warners: Readonly<Record<string, Warner>> = {
  '/Endpoints': warnOfEndpoints,
  '/Node': warnOfNode,
  '/PersistentVolume': warnOfVolume,
  '/PersistentVolumeClaim': warnOfClaim,
  '/Pod': (object, check) => {
    warnOfDottedName(object, check);
    warnOfPod(object, check);
  },
  '/PodTemplate': (object, check) => inTemplate(object, check),
  '/ReplicationController': workload,
  '/ResourceQuota': warnOfQuota,
  '/Secret': warnOfSecret,
  '/Service': warnOfService,
  '/ServiceAccount': warnOfAccount,
  'admissionregistration.k8s.io/MutatingAdmissionPolicy': warnOfStaticName,
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding': warnOfStaticName,
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': warnOfStaticName,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': warnOfStaticName,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': warnOfStaticName,
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': warnOfStaticName,
  'apiextensions.k8s.io/CustomResourceDefinition': warnOfFormats,
  'apps/DaemonSet': warnOfTemplate,
  'apps/Deployment': workload,
  'apps/ReplicaSet': workload,
  'apps/StatefulSet': (object, check) => {
    warnOfTemplate(object, check);
    warnOfHistory(object, check);
    warnOfClaimTemplates(object, check);
  },
  'batch/CronJob': (object, check) => {
    warnOfDottedName(object, check);
    check.path.push('spec', 'jobTemplate');
    warnOfJob(struct(struct(object, 'spec'), 'jobTemplate') ?? noFields, check);
  },
  'batch/Job': (object, check) => {
    warnOfDottedName(object, check);
    warnOfJob(object, check);
  },
  'discovery.k8s.io/EndpointSlice': warnOfSlice,
  'networking.k8s.io/Ingress': warnOfIngress,
  'networking.k8s.io/NetworkPolicy': warnOfPolicy,
  'node.k8s.io/RuntimeClass': warnOfRuntimeClass,
  'resource.k8s.io/ResourceSlice': warnOfResourceSlice,
  'storage.k8s.io/CSIDriver': warnOfCsiDriver,
  'storage.k8s.io/StorageClass': warnOfStorageClass,
};

/**
 * What a server warns of when it creates the object, in the form of errors. Variables that are defined twice and spreads without a
 * selector are not among it: a policy and a rule tell of them.
 */
export function serverWarnings(object: Mapping, group: string, minor: number): readonly FieldError[] {
  const check = newCheck(minor);
  const kind = `${group}/${valueText(object['kind'])}`;
  if (Object.hasOwn(warners, kind)) ownOf(warners, kind)?.(object, check);
  return check.errors;
}

function warnOfTemplate(object: Mapping, check: Check): void {
  check.path.push('spec');
  inTemplate(struct(object, 'spec') ?? noFields, check);
  check.path.pop();
}

function warnOfJob(job: Mapping, check: Check): void {
  check.path.push('spec');
  warnOfIndexes(struct(job, 'spec'), check);
  check.path.pop();
  warnOfTemplate(job, check);
}

function inTemplate(parent: Mapping, check: Check): void {
  check.path.push('template');
  warnOfPod(struct(parent, 'template') ?? noFields, check);
  check.path.pop();
}

function warnOfClaimTemplates(object: Mapping, check: Check): void {
  const spec = struct(object, 'spec');
  const templates = Array.isArray(spec?.['volumeClaimTemplates']) ? spec['volumeClaimTemplates'] : [];
  templates.forEach((_, index) => {
    const holder = struct(mappingOf({ claim: templates[index] ?? null }), 'claim');
    check.path.push('spec', 'volumeClaimTemplates', index);
    warnOfClaim(mappingOf({ spec: holder?.['spec'] ?? null }), check);
    check.path.splice(-3);
  });
}
