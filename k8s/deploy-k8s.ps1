#!/usr/bin/env pwsh
#Requires -Version 7.3
# Deploys one environment with kubectl, where neither Flux nor Argo CD does. deploy-k8s.sh is the same for bash.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

$usage = 'Usage: deploy-k8s ENVIRONMENT [--dry-run] [--yes] [--timeout SECONDS]
  ENVIRONMENT        a directory of k8s/overlays: dev, prod
  --dry-run          check, and say what would be applied; needs no cluster
  --yes              do not ask
  --timeout SECONDS  how long a workload may take to become ready (default 300)
Exit code: 0 deployed, 1 something failed, 2 nothing was begun, 130 interrupted.'

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
      if ($environment -ne '') { stop 2 "one environment at a time, not also $option" $usage }
      $environment = $option
    }
  }
}

$root = Split-Path -Parent $PSScriptRoot
$overlay = "k8s/overlays/$environment"
if ($environment -cnotmatch '^[a-z0-9-]+$' -or -not (Test-Path -LiteralPath "$root/$overlay/kustomization.yaml")) {
  stop 2 "there is no environment '$environment'" $usage
}
if ($timeout -cnotmatch '^[1-9][0-9]*$') { stop 2 "--timeout '$timeout' is not a number of seconds" $usage }

$work = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid())
New-Item -ItemType Directory -Path $work | Out-Null
$phase = 'the checks'
$finished = $false
$rendered = "$work/rendered.yaml"

# What failed, why, and how to go on.
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
  stop 1 "$workload is not ready after $timeout seconds" "mend it and run deploy-k8s $environment again, or go back: kubectl rollout undo $workload --namespace $namespace"
}

Push-Location -LiteralPath $root
try {
  say '== Pre-flight'
  if (-not (Get-Command kubectl -ErrorAction SilentlyContinue)) { stop 2 'kubectl is not installed' 'https://kubernetes.io/docs/tasks/tools/' }
  if (-not (Get-Command node -ErrorAction SilentlyContinue)) { stop 2 'Node.js is not installed' 'cdb-lint needs version 20.19 or newer' }
  if (-not (Test-Path -LiteralPath dist/cli.js)) { stop 2 'cdb-lint is not built' 'npm ci' }
  kubectl kustomize $overlay > $rendered 2> "$work/error"
  if ($LASTEXITCODE -ne 0) { stop 2 "kubectl cannot build $overlay" (Get-Content -Raw "$work/error") }
  node k8s/plan.mjs $rendered $work 2> "$work/error"
  if ($LASTEXITCODE -ne 0) { stop 2 "what $environment consists of is not known" 'k8s/plan.mjs needs npm ci' }
  $namespace = Get-Content "$work/namespace"
  if ($dry_run -eq 'yes') {
    say 'The cluster is not asked: --dry-run.'
  } else {
    kubectl get --raw /readyz '--request-timeout=10s' > $null 2> "$work/error"
    if ($LASTEXITCODE -ne 0) { stop 2 'the cluster does not answer' (Get-Content -Raw "$work/error") }
    if ((kubectl auth can-i create deployments.apps --namespace $namespace 2> $null) -ne 'yes') {
      stop 2 "you may not create Deployments in $namespace" 'kubectl config current-context says who you are'
    }
    $owner = [string] (kubectl get namespace $namespace --ignore-not-found --output 'go-template={{.metadata.labels}} {{.metadata.annotations}}' 2> $null)
    if ($owner.Contains('kustomize.toolkit.fluxcd.io/name')) { stop 2 "Flux deploys $namespace" 'merge the change, or suspend Flux first: flux suspend kustomization --all' }
    if ($owner.Contains('argocd.argoproj.io/tracking-id')) { stop 2 "Argo CD deploys $namespace" 'merge the change, or turn automatic sync off first' }
    say "Cluster: $(kubectl config current-context 2> $null)"
  }

  say '== Validation'
  node dist/cli.js k8s/ --environment $environment > "$work/report" 2>&1
  if ($LASTEXITCODE -ne 0) {
    Get-Content "$work/report" | Out-Host
    stop 1 "cdb-lint found something in $environment" 'the report above says where; nothing was applied'
  }
  say (Get-Content "$work/report" -Tail 1)

  say '== Secrets'
  $missing = 0
  foreach ($line in @(Get-Content "$work/secrets")) {
    $entry = $line.Split(' ')
    $secret = $entry[0]
    if ($dry_run -eq 'yes') {
      say "needs Secret $entry"
      continue
    }
    # The names of the keys alone: no value leaves the cluster.
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
  if ($missing -ne 0) { stop 2 "$missing Secrets or keys are missing in $namespace" "k8s/create-secrets.sh $environment, or another way of k8s/SECRETS_GUIDE.md" }

  if ($dry_run -eq 'no' -and $yes -eq 'no') {
    [Console]::Out.Write("Deploy ${environment}? Type its name: ")
    $answer = [Console]::In.ReadLine()
    if ($answer -cne $environment) { stop 2 'not confirmed' '--yes does not ask' }
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
    if ($LASTEXITCODE -ne 0) { stop 1 "the phase $phase was not applied as a whole" "mend it and run deploy-k8s $environment again: what is applied already stays as it is" }
    foreach ($workload in @(Get-Content "$work/$phase.workloads")) {
      say "waiting for $workload"
      if (-not (ready $workload)) { unready $workload }
    }
  }

  say '== Status'
  if ($dry_run -eq 'yes') {
    say "Nothing was changed. Without --dry-run this is applied to $namespace."
  } else {
    kubectl get 'deployments,statefulsets,pods,persistentvolumeclaims' --namespace $namespace
    # What was ready in its phase may have failed since.
    foreach ($workload in @(Get-Content "$work/*.workloads")) {
      if (-not (ready $workload)) { unready $workload }
    }
    say "$environment is deployed to $namespace, and every workload is ready."
  }
  $finished = $true
} finally {
  # Ctrl-C leaves through here without having finished.
  if (-not $finished) { say "Interrupted during $phase. What was applied stays; run the same command again to go on." }
  Pop-Location
  Remove-Item -Recurse -Force -LiteralPath $work
  if (-not $finished) { exit 130 }
}
