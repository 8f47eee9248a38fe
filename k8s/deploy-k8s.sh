#!/usr/bin/env bash
# Deploys one environment with kubectl, where neither Flux nor Argo CD does. deploy-k8s.ps1 is the same for PowerShell.
set -uo pipefail

usage='Usage: deploy-k8s ENVIRONMENT [--dry-run] [--yes] [--timeout SECONDS]
  ENVIRONMENT        a directory of k8s/overlays: dev, prod
  --dry-run          check, and say what would be applied; needs no cluster
  --yes              do not ask
  --timeout SECONDS  how long a workload may take to become ready (default 300)
Exit code: 0 deployed, 1 something failed, 2 nothing was begun, 130 interrupted.'

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
      [ -z "$environment" ] || stop 2 "one environment at a time, not also $option" "$usage"
      environment=$option
      ;;
  esac
  shift
done

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || exit 2
overlay=k8s/overlays/$environment
if [[ ! $environment =~ ^[a-z0-9-]+$ ]] || [ ! -f "$root/$overlay/kustomization.yaml" ]; then
  stop 2 "there is no environment '$environment'" "$usage"
fi
[[ $timeout =~ ^[1-9][0-9]*$ ]] || stop 2 "--timeout '$timeout' is not a number of seconds" "$usage"

cd "$root" || exit 2
work=$(mktemp -d) || exit 2
phase='the checks'
trap 'rm -rf "$work"' EXIT
trap 'say "Interrupted during $phase. What was applied stays; run the same command again to go on."; exit 130' INT TERM
rendered=$work/rendered.yaml

# What failed, why, and how to go on.
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
  stop 1 "$workload is not ready after $timeout seconds" "mend it and run deploy-k8s $environment again, or go back: kubectl rollout undo $workload --namespace $namespace"
}

say '== Pre-flight'
command -v kubectl >/dev/null || stop 2 'kubectl is not installed' 'https://kubernetes.io/docs/tasks/tools/'
command -v node >/dev/null || stop 2 'Node.js is not installed' 'cdb-lint needs version 20.19 or newer'
[ -f dist/cli.js ] || stop 2 'cdb-lint is not built' 'npm ci'
kubectl kustomize "$overlay" >"$rendered" 2>"$work/error" || stop 2 "kubectl cannot build $overlay" "$(cat "$work/error")"
node k8s/plan.mjs "$rendered" "$work" 2>"$work/error" || stop 2 "what $environment consists of is not known" 'k8s/plan.mjs needs npm ci'
namespace=$(cat "$work/namespace")
if [ "$dry_run" = yes ]; then
  say 'The cluster is not asked: --dry-run.'
else
  kubectl get --raw /readyz --request-timeout=10s >/dev/null 2>"$work/error" ||
    stop 2 'the cluster does not answer' "$(cat "$work/error")"
  [ "$(kubectl auth can-i create deployments.apps --namespace "$namespace" 2>/dev/null)" = yes ] ||
    stop 2 "you may not create Deployments in $namespace" 'kubectl config current-context says who you are'
  owner=$(kubectl get namespace "$namespace" --ignore-not-found --output 'go-template={{.metadata.labels}} {{.metadata.annotations}}' 2>/dev/null)
  case $owner in
    *kustomize.toolkit.fluxcd.io/name*) stop 2 "Flux deploys $namespace" 'merge the change, or suspend Flux first: flux suspend kustomization --all' ;;
    *argocd.argoproj.io/tracking-id*) stop 2 "Argo CD deploys $namespace" 'merge the change, or turn automatic sync off first' ;;
  esac
  say "Cluster: $(kubectl config current-context 2>/dev/null)"
fi

say '== Validation'
node dist/cli.js k8s/ --environment "$environment" >"$work/report" 2>&1 || {
  cat "$work/report"
  stop 1 "cdb-lint found something in $environment" 'the report above says where; nothing was applied'
}
tail -n 1 "$work/report"

say '== Secrets'
missing=0
while read -r -a entry; do
  secret=${entry[0]}
  if [ "$dry_run" = yes ]; then
    say "needs Secret ${entry[*]}"
    continue
  fi
  # The names of the keys alone: no value leaves the cluster.
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
[ "$missing" -eq 0 ] || stop 2 "$missing Secrets or keys are missing in $namespace" "k8s/create-secrets.sh $environment, or another way of k8s/SECRETS_GUIDE.md"

if [ "$dry_run" = no ] && [ "$yes" = no ]; then
  printf "Deploy %s? Type its name: " "$environment"
  answer=''
  read -r answer || true
  [ "$answer" = "$environment" ] || stop 2 'not confirmed' '--yes does not ask'
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
    stop 1 "the phase $phase was not applied as a whole" "mend it and run deploy-k8s $environment again: what is applied already stays as it is"
  while read -r workload <&4; do
    say "waiting for $workload"
    ready "$workload" || unready "$workload"
  done 4<"$work/$phase.workloads"
done 3<"$work/phases"

say '== Status'
if [ "$dry_run" = yes ]; then
  say "Nothing was changed. Without --dry-run this is applied to $namespace."
else
  kubectl get deployments,statefulsets,pods,persistentvolumeclaims --namespace "$namespace"
  # What was ready in its phase may have failed since.
  while read -r workload <&4; do
    ready "$workload" || unready "$workload"
  done 4< <(cat "$work"/*.workloads)
  say "$environment is deployed to $namespace, and every workload is ready."
fi
