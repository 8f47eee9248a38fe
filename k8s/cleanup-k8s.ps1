#!/usr/bin/env pwsh
#Requires -Version 7.3
# Removes an environment. cleanup-k8s.sh is the same script for bash.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

$usage = 'Usage: cleanup-k8s ENVIRONMENT [--dry-run] [--force] [--delete-data]
  ENVIRONMENT    a directory of k8s/overlays: dev, prod
  --dry-run      print what would be deleted; needs no cluster
  --force        do not ask for confirmation
  --delete-data  also delete the volumes, and the Namespace with its Secrets
Exit code: 0 deleted, 1 failed, 2 not started, 130 interrupted.'

function say([string] $text) { [Console]::Out.WriteLine($text) }

function stop([int] $code, [string] $what, [string] $how) {
  [Console]::Error.WriteLine("FAILED: $what")
  [Console]::Error.WriteLine("  $how")
  $script:finished = $true
  exit $code
}

$environment = ''
$dry_run = 'no'
$force = 'no'
$delete_data = 'no'
foreach ($argument in $args) {
  $option = [string] $argument
  switch -CaseSensitive -Wildcard ($option) {
    '--dry-run' { $dry_run = 'yes'; break }
    '--force' { $force = 'yes'; break }
    '--delete-data' { $delete_data = 'yes'; break }
    '--help' { say "$usage"; exit 0 }
    '-*' { stop 2 "unknown option $option" $usage }
    default {
      if ($environment -ne '') { stop 2 "only one environment is allowed; unexpected argument $option" $usage }
      $environment = $option
    }
  }
}

$root = Split-Path -Parent $PSScriptRoot
$overlay = "k8s/overlays/$environment"
if ($environment -cnotmatch '^[a-z0-9-]+$' -or -not (Test-Path -LiteralPath "$root/$overlay/kustomization.yaml")) {
  stop 2 "environment '$environment' does not exist" $usage
}

$work = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid())
New-Item -ItemType Directory -Path $work | Out-Null
$phase = 'the checks'
$finished = $false
$rendered = "$work/rendered.yaml"

Push-Location -LiteralPath $root
try {
  say '== Pre-flight'
  if (-not (Get-Command kubectl -ErrorAction SilentlyContinue)) { stop 2 'kubectl is not installed' 'https://kubernetes.io/docs/tasks/tools/' }
  if (-not (Get-Command node -ErrorAction SilentlyContinue)) { stop 2 'Node.js is not installed' 'cdb-lint requires version 20.19 or later' }
  kubectl kustomize $overlay > $rendered 2> "$work/error"
  if ($LASTEXITCODE -ne 0) { stop 2 "kubectl cannot build $overlay" (Get-Content -Raw "$work/error") }
  node k8s/plan.mjs $rendered $work 2> "$work/error"
  if ($LASTEXITCODE -ne 0) { stop 2 "the objects of $environment cannot be determined" 'run npm ci, which k8s/plan.mjs requires' }
  $namespace = Get-Content "$work/namespace"
  if ($dry_run -eq 'yes') {
    say 'The cluster is not contacted, because of --dry-run.'
  } else {
    kubectl get --raw /readyz '--request-timeout=10s' > $null 2> "$work/error"
    if ($LASTEXITCODE -ne 0) { stop 2 'the cluster does not respond' (Get-Content -Raw "$work/error") }
    $owner = [string] (kubectl get namespace $namespace --ignore-not-found --output 'go-template={{.metadata.labels}} {{.metadata.annotations}}' 2> $null)
    if ($owner.Contains('kustomize.toolkit.fluxcd.io/name')) { stop 2 "Flux deploys $namespace, and would restore it" 'suspend it first: flux suspend kustomization --all' }
    if ($owner.Contains('argocd.argoproj.io/tracking-id')) { stop 2 "Argo CD deploys $namespace, and would restore it" 'delete its Application first' }
    say "Cluster: $(kubectl config current-context 2> $null)"
  }

  if ($dry_run -eq 'no' -and $force -eq 'no') {
    if ($delete_data -eq 'yes') { say "This deletes $namespace with ALL DATA in it." }
    [Console]::Out.Write("Delete ${environment}? Type its name: ")
    $answer = [Console]::In.ReadLine()
    if ($answer -cne $environment) { stop 2 'not confirmed' 'use --force to skip the confirmation' }
  }

  # In reverse order: dependents first.
  $phases = @(Get-Content "$work/phases")
  [array]::Reverse($phases)
  foreach ($phase in $phases) {
    say "== Phase $phase"
    if ($dry_run -eq 'yes') {
      $objects = @(Select-String -LiteralPath "$work/$phase.disposable" -Pattern '^kind:').Count
      say "would delete $objects objects"
      continue
    }
    kubectl delete --filename "$work/$phase.disposable" --ignore-not-found --wait --timeout 300s
    if ($LASTEXITCODE -ne 0) { stop 1 "the phase $phase was not deleted completely" "fix the problem and run cleanup-k8s $environment again" }
  }

  $phase = 'the data'
  say '== Data'
  if ($delete_data -eq 'no') {
    say "The volumes, the Secrets and the Namespace $namespace are kept. Run deploy-k8s $environment to deploy everything again."
  } elseif ($dry_run -eq 'yes') {
    say "would delete the Namespace $namespace and everything in it"
  } else {
    kubectl delete namespace $namespace --ignore-not-found --wait --timeout 300s
    if ($LASTEXITCODE -ne 0) { stop 1 "the Namespace $namespace was not deleted" "run kubectl get all --namespace $namespace to find out why" }
  }
  say "Finished processing $environment."
  $finished = $true
} finally {
  # Ctrl-C leaves through here without having finished.
  if (-not $finished) { say "Interrupted during $phase. Run the same command again to continue." }
  Pop-Location
  Remove-Item -Recurse -Force -LiteralPath $work
  if (-not $finished) { exit 130 }
}
