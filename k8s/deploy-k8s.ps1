#!/usr/bin/env pwsh
#Requires -Version 7.3
# Deploys an environment with kubectl, without Flux or Argo CD. deploy-k8s.sh is the same script for bash.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

$usage = 'Usage: deploy-k8s ENVIRONMENT [--dry-run] [--yes] [--timeout SECONDS]
  ENVIRONMENT        a directory of k8s/overlays: dev, prod
  --dry-run          check, and print what would be applied; needs no cluster
  --yes              do not ask for confirmation
  --timeout SECONDS  the time for a workload to become ready (default 300)
Exit code: 0 deployed, 1 failed, 2 not started, 130 interrupted.'

function say([string] $text) { [Console]::Out.WriteLine($text) }

function stop([int] $code, [string] $what, [string] $how) {
  [Console]::Error.WriteLine("FAILED: $what")
  [Console]::Error.WriteLine("  $how")
  $script:finished = $true
  exit $code
}

$environment = ''
$dry_run = 'no'
$yes = 'no'
$timeout = '300'
for ($index = 0; $index -lt $args.Count; $index++) {
  $option = [string] $args[$index]
  switch -CaseSensitive -Wildcard ($option) {
    '--dry-run' { $dry_run = 'yes'; break }
    '--yes' { $yes = 'yes'; break }
    '--timeout' { $index++; $timeout = if ($index -lt $args.Count) { [string] $args[$index] } else { '' }; break }
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
if ($timeout -cnotmatch '^[1-9][0-9]*$') { stop 2 "--timeout '$timeout' is not a number of seconds" $usage }

$work = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid())
New-Item -ItemType Directory -Path $work | Out-Null
$phase = 'the checks'
$finished = $false
$rendered = "$work/rendered.yaml"

# Prints the cause of a failure.
function explain([string] $workload) {
  say "-- Events of $workload"
  kubectl get events --namespace $namespace --field-selector 'type=Warning' '--sort-by=.lastTimestamp' 2>&1 | Select-Object -Last 10 | Out-Host
  say "-- Last log lines of $workload"
  kubectl logs $workload --namespace $namespace --all-containers --prefix '--tail=20' 2>&1 | Select-Object -Last 40 | Out-Host
}

function ready([string] $workload) {
  kubectl rollout status $workload --namespace $namespace --timeout "${timeout}s" | Out-Host
  return $LASTEXITCODE -eq 0
}

function unready([string] $workload) {
  explain $workload
  stop 1 "$workload is not ready after $timeout seconds" "fix the problem and run deploy-k8s $environment again, or roll back: kubectl rollout undo $workload --namespace $namespace"
}

Push-Location -LiteralPath $root
try {
  say '== Pre-flight'
  if (-not (Get-Command kubectl -ErrorAction SilentlyContinue)) { stop 2 'kubectl is not installed' 'https://kubernetes.io/docs/tasks/tools/' }
  if (-not (Get-Command node -ErrorAction SilentlyContinue)) { stop 2 'Node.js is not installed' 'cdb-lint requires version 20.19 or later' }
  if (-not (Test-Path -LiteralPath dist/cli.js)) { stop 2 'cdb-lint is not built' 'run npm ci' }
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
    if ((kubectl auth can-i create deployments.apps --namespace $namespace 2> $null) -ne 'yes') {
      stop 2 "you have no permission to create Deployments in $namespace" 'run kubectl auth whoami to show the current user'
    }
    $owner = [string] (kubectl get namespace $namespace --ignore-not-found --output 'go-template={{.metadata.labels}} {{.metadata.annotations}}' 2> $null)
    if ($owner.Contains('kustomize.toolkit.fluxcd.io/name')) { stop 2 "Flux deploys $namespace" 'merge the change, or suspend Flux first: flux suspend kustomization --all' }
    if ($owner.Contains('argocd.argoproj.io/tracking-id')) { stop 2 "Argo CD deploys $namespace" 'merge the change, or disable automatic sync first' }
    say "Cluster: $(kubectl config current-context 2> $null)"
  }

  say '== Validation'
  node dist/cli.js k8s/ --environment $environment > "$work/report" 2>&1
  if ($LASTEXITCODE -ne 0) {
    Get-Content "$work/report" | Out-Host
    stop 1 "cdb-lint reports problems in $environment" 'see the report above; nothing was applied'
  }
  say (Get-Content "$work/report" -Tail 1)

  say '== Secrets'
  $missing = 0
  foreach ($line in @(Get-Content "$work/secrets")) {
    $entry = $line.Split(' ')
    $secret = $entry[0]
    if ($dry_run -eq 'yes') {
      say "requires Secret $entry"
      continue
    }
    # Reads only the names of the keys, and no values.
    $keys = [string] (kubectl get secret $secret --namespace $namespace --output 'go-template={{range $key, $value := .data}} {{$key}} {{end}}' 2> $null)
    if ($LASTEXITCODE -ne 0) {
      say "missing Secret $secret"
      $missing++
      continue
    }
    foreach ($key in ($entry | Select-Object -Skip 1)) {
      if (-not $keys.Contains(" $key ")) {
        say "missing key $key in Secret $secret"
        $missing++
      }
    }
  }
  if ($missing -ne 0) { stop 2 "$missing Secrets or keys are missing in $namespace" "run k8s/create-secrets.sh $environment, or see k8s/SECRETS_GUIDE.md for alternatives" }

  if ($dry_run -eq 'no' -and $yes -eq 'no') {
    [Console]::Out.Write("Deploy ${environment}? Type its name: ")
    $answer = [Console]::In.ReadLine()
    if ($answer -cne $environment) { stop 2 'not confirmed' 'use --yes to skip the confirmation' }
  }

  foreach ($phase in @(Get-Content "$work/phases")) {
    say "== Phase $phase"
    if ($dry_run -eq 'yes') {
      $objects = @(Select-String -LiteralPath "$work/$phase.yaml" -Pattern '^kind:').Count
      $awaited = @(Get-Content "$work/$phase.workloads") -join ' '
      say "would apply $objects objects and wait for: $awaited"
      continue
    }
    kubectl apply --server-side --filename "$work/$phase.yaml"
    if ($LASTEXITCODE -ne 0) { stop 1 "the phase $phase was not applied completely" "fix the problem and run deploy-k8s $environment again; objects that were applied are not changed" }
    foreach ($workload in @(Get-Content "$work/$phase.workloads")) {
      say "waiting for $workload"
      if (-not (ready $workload)) { unready $workload }
    }
  }

  say '== Status'
  if ($dry_run -eq 'yes') {
    say "Nothing was changed. Run the command without --dry-run to apply to $namespace."
  } else {
    kubectl get 'deployments,statefulsets,pods,persistentvolumeclaims' --namespace $namespace
    # Workloads may have failed after their phase.
    foreach ($workload in @(Get-Content "$work/*.workloads")) {
      if (-not (ready $workload)) { unready $workload }
    }
    say "$environment is deployed to $namespace, and every workload is ready."
  }
  $finished = $true
} finally {
  # Ctrl-C leaves through here without having finished.
  if (-not $finished) { say "Interrupted during $phase. Objects that were applied are kept. Run the same command again to continue." }
  Pop-Location
  Remove-Item -Recurse -Force -LiteralPath $work
  if (-not $finished) { exit 130 }
}
