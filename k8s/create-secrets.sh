#!/usr/bin/env bash
# Creates the Secrets of an environment, either in the cluster or as SealedSecrets that can be committed.
set -euo pipefail

usage='Usage: create-secrets.sh ENVIRONMENT [--from FILE] [--rotate] [--sealed CERTIFICATE]
  ENVIRONMENT           a directory of k8s/overlays: dev, prod
  --from FILE           the file with the registry and exchange credentials (default k8s/secrets.env; see k8s/secrets.env.example)
  --rotate              replace existing Secrets
  --sealed CERTIFICATE  write SealedSecrets to k8s/overlays/ENVIRONMENT/sealed-secrets instead; needs kubeseal
Exit code: 0 created, 1 failed, 2 not started.'

stop() {
  printf 'FAILED: %s\n  %s\n' "$2" "$3" >&2
  exit "$1"
}

environment=''
from=''
rotate=no
certificate=''
while [ $# -gt 0 ]; do
  case $1 in
    --from) shift && from=${1:-} ;;
    --rotate) rotate=yes ;;
    --sealed) shift && certificate=${1:-} ;;
    --help) printf '%s\n' "$usage" && exit 0 ;;
    -*) stop 2 "unknown option $1" "$usage" ;;
    *) environment=$1 ;;
  esac
  shift || true
done

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [[ ! $environment =~ ^[a-z0-9-]+$ ]] || [ ! -f "$here/overlays/$environment/kustomization.yaml" ]; then
  stop 2 "environment '$environment' does not exist" "$usage"
fi
from=${from:-$here/secrets.env}
[ -f "$from" ] || stop 2 "$from does not exist" "run cp k8s/secrets.env.example k8s/secrets.env, and set the values"
command -v kubectl >/dev/null || stop 2 'kubectl is not installed' 'https://kubernetes.io/docs/tasks/tools/'
if [ -n "$certificate" ]; then
  command -v kubeseal >/dev/null || stop 2 'kubeseal is not installed' 'https://github.com/bitnami-labs/sealed-secrets'
  [ -f "$certificate" ] || stop 2 "$certificate does not exist" 'run kubeseal --fetch-cert > certificate.pem'
fi

# Values are read, and never executed.
value() {
  local line
  line=$(grep -E "^$1=" "$from" | tail -n 1) || true
  line=${line#*=}
  [ -n "$line" ] || stop 2 "$1 is empty in $from" "set the value"
  printf '%s' "$line"
}
for name in REGISTRY_SERVER REGISTRY_USERNAME REGISTRY_PASSWORD MEXC_API_KEY MEXC_API_SECRET; do value "$name" >/dev/null; done

# Values are passed in files that only this user can read, never in arguments, which are visible to all users of the machine.
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
random() { LC_ALL=C tr -dc 'a-f0-9' </dev/urandom 2>/dev/null | head -c 48 || true; }
put() { mkdir -p "$work/$1" && printf '%s' "$3" >"$work/$1/$2"; }

acl='user default on nopass -@all +ping'
for service in ws signal risk execution db-writer; do
  password=$(random)
  put "$service-credentials" redis-password "$password"
  acl+=$'\n'"user $service on >$password ~* &* +@all -@admin -@dangerous"
done
put redis-acl users.acl "$acl"$'\n'
put postgresql-passwords postgres-password "$(random)"
for service in risk execution db-writer; do
  password=$(random)
  put postgresql-passwords "$service-password" "$password"
  put "$service-credentials" postgres-password "$password"
done
put grafana-admin admin-password "$(random)"
put grafana-admin secret-key "$(random)"
put execution-credentials mexc-api-key "$(value MEXC_API_KEY)"
put execution-credentials mexc-api-secret "$(value MEXC_API_SECRET)"
login=$(printf '%s:%s' "$(value REGISTRY_USERNAME)" "$(value REGISTRY_PASSWORD)" | base64 | tr -d '\n')
put registry-pull .dockerconfigjson "{\"auths\":{\"$(value REGISTRY_SERVER)\":{\"auth\":\"$login\"}}}"

rendered=$work/rendered.yaml
kubectl kustomize "$here/overlays/$environment" >"$rendered"
mkdir "$work/plan"
node "$here/plan.mjs" "$rendered" "$work/plan"
namespace=$(cat "$work/plan/namespace")

# Prints the manifest of a Secret.
manifest() {
  local type=Opaque
  [ "$1" != registry-pull ] || type=kubernetes.io/dockerconfigjson
  kubectl create secret generic "$1" --namespace "$namespace" --type "$type" \
    --from-file "$work/$1" --dry-run=client --output yaml
}
names=$(cut -d ' ' -f 1 "$work/plan/secrets")
for name in $names; do
  [ -d "$work/$name" ] || stop 2 "the content of the Secret $name is unknown" "add it to k8s/create-secrets.sh"
done

if [ -n "$certificate" ]; then
  target=$here/overlays/$environment/sealed-secrets
  if [ -d "$target" ] && [ "$rotate" = no ]; then stop 2 "$target already exists" 'use --rotate to replace it'; fi
  mkdir -p "$target"
  printf 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources:\n' >"$work/kustomization.yaml"
  for name in $names; do
    manifest "$name" | (umask 022 && kubeseal --format yaml --cert "$certificate" >"$target/$name.yaml")
    printf '  - %s.yaml\n' "$name" >>"$work/kustomization.yaml"
  done
  (umask 022 && cat "$work/kustomization.yaml" >"$target/kustomization.yaml")
  printf 'Wrote %s. Add it to components in overlays/%s/kustomization.yaml, and commit both.\n' "$target" "$environment"
  exit 0
fi

kubectl create namespace "$namespace" --dry-run=client --output yaml | kubectl apply --filename - >/dev/null
# All or none: the passwords of Redis and PostgreSQL are in two Secrets each.
there=$(kubectl get secrets --namespace "$namespace" --output name)
for name in $names; do
  if grep -qx "secret/$name" <<<"$there" && [ "$rotate" = no ]; then
    stop 2 "Secret $name already exists in $namespace" 'use --rotate to replace all Secrets, and restart the workloads afterwards'
  fi
done
for name in $names; do manifest "$name" | kubectl apply --server-side --filename -; done
printf 'The Secrets of %s were created in %s.\n' "$environment" "$namespace"
