#!/usr/bin/env bash
# Deploys an environment with kubectl, without Flux or Argo CD. deploy-k8s.ps1 is the same script for PowerShell.
set -uo pipefail

usage='Usage: deploy-k8s ENVIRONMENT [--dry-run] [--yes] [--timeout SECONDS]
  ENVIRONMENT        a directory of k8s/overlays: dev, prod
  --dry-run          check, and print what would be applied; needs no cluster
  --yes              do not ask for confirmation
  --timeout SECONDS  the time for a workload to become ready (default 300)
Exit code: 0 deployed, 1 failed, 2 not started, 130 interrupted.'

say() { printf '%s\n' "$1"; }

stop() {
  printf 'FAILED: %s\n' "$2" >&2
  printf '  %s\n' "$3" >&2
  exit "$1"
}

environment=''
dry_run=no
yes=no
timeout=300
while [ $# -gt 0 ]; do
  option=$1
  case $option in
    --dry-run) dry_run=yes ;;
    --yes) yes=yes ;;
    --timeout)
      shift
      timeout=${1:-}
      ;;
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
[[ $timeout =~ ^[1-9][0-9]*$ ]] || stop 2 "--timeout '$timeout' is not a number of seconds" "$usage"

cd "$root" || exit 2
work=$(mktemp -d) || exit 2
phase='the checks'
trap 'rm -rf "$work"' EXIT
trap 'say "Interrupted during $phase. Objects that were applied are kept. Run the same command again to continue."; exit 130' INT TERM
rendered=$work/rendered.yaml

# Prints the cause of a failure.
explain() {
  local workload=$1
  say "-- Events of $workload"
  kubectl get events --namespace "$namespace" --field-selector type=Warning --sort-by=.lastTimestamp 2>&1 | tail -n 10
  say "-- Last log lines of $workload"
  kubectl logs "$workload" --namespace "$namespace" --all-containers --prefix --tail=20 2>&1 | tail -n 40
}

ready() {
  kubectl rollout status "$1" --namespace "$namespace" --timeout "${timeout}s"
}

unready() {
  local workload=$1
  explain "$workload"
  stop 1 "$workload is not ready after $timeout seconds" "fix the problem and run deploy-k8s $environment again, or roll back: kubectl rollout undo $workload --namespace $namespace"
}

say '== Pre-flight'
command -v kubectl >/dev/null || stop 2 'kubectl is not installed' 'https://kubernetes.io/docs/tasks/tools/'
command -v node >/dev/null || stop 2 'Node.js is not installed' 'cdb-lint requires version 20.19 or later'
[ -f dist/cli.js ] || stop 2 'cdb-lint is not built' 'run npm ci'
kubectl kustomize "$overlay" >"$rendered" 2>"$work/error" || stop 2 "kubectl cannot build $overlay" "$(cat "$work/error")"
node k8s/plan.mjs "$rendered" "$work" 2>"$work/error" || stop 2 "the objects of $environment cannot be determined" 'run npm ci, which k8s/plan.mjs requires'
namespace=$(cat "$work/namespace")
if [ "$dry_run" = yes ]; then
  say 'The cluster is not contacted, because of --dry-run.'
else
  kubectl get --raw /readyz --request-timeout=10s >/dev/null 2>"$work/error" ||
    stop 2 'the cluster does not respond' "$(cat "$work/error")"
  [ "$(kubectl auth can-i create deployments.apps --namespace "$namespace" 2>/dev/null)" = yes ] ||
    stop 2 "you have no permission to create Deployments in $namespace" 'run kubectl auth whoami to show the current user'
  owner=$(kubectl get namespace "$namespace" --ignore-not-found --output 'go-template={{.metadata.labels}} {{.metadata.annotations}}' 2>/dev/null)
  case $owner in
    *kustomize.toolkit.fluxcd.io/name*) stop 2 "Flux deploys $namespace" 'merge the change, or suspend Flux first: flux suspend kustomization --all' ;;
    *argocd.argoproj.io/tracking-id*) stop 2 "Argo CD deploys $namespace" 'merge the change, or disable automatic sync first' ;;
  esac
  say "Cluster: $(kubectl config current-context 2>/dev/null)"
fi

say '== Validation'
node dist/cli.js k8s/ --environment "$environment" >"$work/report" 2>&1 || {
  cat "$work/report"
  stop 1 "cdb-lint reports problems in $environment" 'see the report above; nothing was applied'
}
tail -n 1 "$work/report"

say '== Secrets'
missing=0
while read -r -a entry; do
  secret=${entry[0]}
  if [ "$dry_run" = yes ]; then
    say "requires Secret ${entry[*]}"
    continue
  fi
  # Reads only the names of the keys, and no values.
  # shellcheck disable=SC2016
  if ! keys=$(kubectl get secret "$secret" --namespace "$namespace" --output 'go-template={{range $key, $value := .data}} {{$key}} {{end}}' 2>/dev/null); then
    say "missing Secret $secret"
    missing=$((missing + 1))
    continue
  fi
  for key in "${entry[@]:1}"; do
    case $keys in
      *" $key "*) ;;
      *)
        say "missing key $key in Secret $secret"
        missing=$((missing + 1))
        ;;
    esac
  done
done <"$work/secrets"
[ "$missing" -eq 0 ] || stop 2 "$missing Secrets or keys are missing in $namespace" "run k8s/create-secrets.sh $environment, or see k8s/SECRETS_GUIDE.md for alternatives"

if [ "$dry_run" = no ] && [ "$yes" = no ]; then
  printf "Deploy %s? Type its name: " "$environment"
  answer=''
  read -r answer || true
  [ "$answer" = "$environment" ] || stop 2 'not confirmed' 'use --yes to skip the confirmation'
fi

while read -r phase <&3; do
  say "== Phase $phase"
  if [ "$dry_run" = yes ]; then
    objects=$(grep -c '^kind:' "$work/$phase.yaml")
    awaited=$(paste -s -d ' ' "$work/$phase.workloads")
    say "would apply $objects objects and wait for: $awaited"
    continue
  fi
  kubectl apply --server-side --filename "$work/$phase.yaml" ||
    stop 1 "the phase $phase was not applied completely" "fix the problem and run deploy-k8s $environment again; objects that were applied are not changed"
  while read -r workload <&4; do
    say "waiting for $workload"
    ready "$workload" || unready "$workload"
  done 4<"$work/$phase.workloads"
done 3<"$work/phases"

say '== Status'
if [ "$dry_run" = yes ]; then
  say "Nothing was changed. Run the command without --dry-run to apply to $namespace."
else
  kubectl get deployments,statefulsets,pods,persistentvolumeclaims --namespace "$namespace"
  # Workloads may have failed after their phase.
  while read -r workload <&4; do
    ready "$workload" || unready "$workload"
  done 4< <(cat "$work"/*.workloads)
  say "$environment is deployed to $namespace, and every workload is ready."
fi
