#!/usr/bin/env bash
# Removes an environment. cleanup-k8s.ps1 is the same script for PowerShell.
set -uo pipefail

usage='Usage: cleanup-k8s ENVIRONMENT [--dry-run] [--force] [--delete-data]
  ENVIRONMENT    a directory of k8s/overlays: dev, prod
  --dry-run      print what would be deleted; needs no cluster
  --force        do not ask for confirmation
  --delete-data  also delete the volumes, and the Namespace with its Secrets
Exit code: 0 deleted, 1 failed, 2 not started, 130 interrupted.'

say() { printf '%s\n' "$1"; }

stop() {
  printf 'FAILED: %s\n' "$2" >&2
  printf '  %s\n' "$3" >&2
  exit "$1"
}

environment=''
dry_run=no
force=no
delete_data=no
while [ $# -gt 0 ]; do
  option=$1
  case $option in
    --dry-run) dry_run=yes ;;
    --force) force=yes ;;
    --delete-data) delete_data=yes ;;
    --help)
      say "$usage"
      exit 0
      ;;
    -*) stop 2 "unknown option $option" "$usage" ;;
    *)
      [ -z "$environment" ] || stop 2 "only one environment is allowed; unexpected argument $option" "$usage"
      environment=$option
      ;;
  esac
  shift
done

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || exit 2
overlay=k8s/overlays/$environment
if [[ ! $environment =~ ^[a-z0-9-]+$ ]] || [ ! -f "$root/$overlay/kustomization.yaml" ]; then
  stop 2 "environment '$environment' does not exist" "$usage"
fi

cd "$root" || exit 2
work=$(mktemp -d) || exit 2
phase='the checks'
trap 'rm -rf "$work"' EXIT
trap 'say "Interrupted during $phase. Run the same command again to continue."; exit 130' INT TERM
rendered=$work/rendered.yaml

say '== Pre-flight'
command -v kubectl >/dev/null || stop 2 'kubectl is not installed' 'https://kubernetes.io/docs/tasks/tools/'
command -v node >/dev/null || stop 2 'Node.js is not installed' 'cdb-lint requires version 20.19 or later'
kubectl kustomize "$overlay" >"$rendered" 2>"$work/error" || stop 2 "kubectl cannot build $overlay" "$(cat "$work/error")"
node k8s/plan.mjs "$rendered" "$work" 2>"$work/error" || stop 2 "the objects of $environment cannot be determined" 'run npm ci, which k8s/plan.mjs requires'
namespace=$(cat "$work/namespace")
if [ "$dry_run" = yes ]; then
  say 'The cluster is not contacted, because of --dry-run.'
else
  kubectl get --raw /readyz --request-timeout=10s >/dev/null 2>"$work/error" ||
    stop 2 'the cluster does not respond' "$(cat "$work/error")"
  owner=$(kubectl get namespace "$namespace" --ignore-not-found --output 'go-template={{.metadata.labels}} {{.metadata.annotations}}' 2>/dev/null)
  case $owner in
    *kustomize.toolkit.fluxcd.io/name*) stop 2 "Flux deploys $namespace, and would restore it" 'suspend it first: flux suspend kustomization --all' ;;
    *argocd.argoproj.io/tracking-id*) stop 2 "Argo CD deploys $namespace, and would restore it" 'delete its Application first' ;;
  esac
  say "Cluster: $(kubectl config current-context 2>/dev/null)"
fi

if [ "$dry_run" = no ] && [ "$force" = no ]; then
  if [ "$delete_data" = yes ]; then say "This deletes $namespace with ALL DATA in it."; fi
  printf "Delete %s? Type its name: " "$environment"
  answer=''
  read -r answer || true
  [ "$answer" = "$environment" ] || stop 2 'not confirmed' 'use --force to skip the confirmation'
fi

# In reverse order: dependents first.
while read -r phase <&3; do
  say "== Phase $phase"
  if [ "$dry_run" = yes ]; then
    objects=$(grep -c '^kind:' "$work/$phase.disposable")
    say "would delete $objects objects"
    continue
  fi
  kubectl delete --filename "$work/$phase.disposable" --ignore-not-found --wait --timeout 300s ||
    stop 1 "the phase $phase was not deleted completely" "fix the problem and run cleanup-k8s $environment again"
done 3< <(sed '1!G;h;$!d' "$work/phases")

phase='the data'
say '== Data'
if [ "$delete_data" = no ]; then
  say "The volumes, the Secrets and the Namespace $namespace are kept. Run deploy-k8s $environment to deploy everything again."
elif [ "$dry_run" = yes ]; then
  say "would delete the Namespace $namespace and everything in it"
else
  kubectl delete namespace "$namespace" --ignore-not-found --wait --timeout 300s ||
    stop 1 "the Namespace $namespace was not deleted" "run kubectl get all --namespace $namespace to find out why"
fi
say "Finished processing $environment."
