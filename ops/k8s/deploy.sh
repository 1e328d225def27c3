#!/usr/bin/env bash
# One deployment in the cluster that kubectl points to: the Job of ops/k8s/deploy-job, its log, and its outcome.
# The image is the one that the gateway runs: what is deployed is the SQL that it carries.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
image=$(kubectl --namespace headrace get deployment sql-gateway \
  --output 'jsonpath={.spec.template.spec.containers[0].image}')
kubectl --namespace headrace delete job headrace-deploy --ignore-not-found --wait
kubectl kustomize "$here/deploy-job" | sed "s|image: headrace:local|image: $image|" | kubectl apply --filename -
kubectl --namespace headrace wait --for=condition=ready --timeout=5m pod --selector app.kubernetes.io/name=headrace-deploy ||
  true # one that is quick has ended by now
# The log is JSON lines; here somebody reads what they say.
kubectl --namespace headrace logs --follow job/headrace-deploy | sed --unbuffered --regexp-extended \
  's/^\{"@timestamp":"[^"]*","log.level":"[^"]*","message":"(([^"\]|\\.)*)".*/\1/; s/\\n/\n/g; s/\\(["\])/\1/g'
kubectl --namespace headrace wait --for=condition=complete --timeout=30s job/headrace-deploy
