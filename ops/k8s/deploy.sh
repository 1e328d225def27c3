#!/usr/bin/env bash
# One deployment in the cluster that kubectl points to: the Job of ops/k8s/deploy-job, its log, and its outcome.
# The image is the one that the gateway runs: what is deployed is the SQL that it carries.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
k() { kubectl --namespace headrace "$@"; }

image=$(k get deployment sql-gateway --output 'jsonpath={.spec.template.spec.containers[0].image}')
if [ -n "$(k get job headrace-deploy --ignore-not-found --output 'jsonpath={.status.active}')" ]; then
  echo "job/headrace-deploy: a deployment runs. Wait for it, or end it (it takes back what it has begun):" \
    "kubectl --namespace headrace delete job headrace-deploy" >&2
  exit 1
fi
k delete job headrace-deploy --ignore-not-found --wait
kubectl kustomize "$here/deploy-job" | sed "s|image: headrace:local|image: $image|" | kubectl apply --filename -
k wait --for=condition=ready --timeout=5m pod --selector app.kubernetes.io/name=headrace-deploy ||
  true # one that is quick has ended by now
# The log is JSON lines; here somebody reads what they say.
k logs --follow job/headrace-deploy | sed -uE \
  's/^\{"@timestamp":"[^"]*","log.level":"[^"]*","message":"(([^"\]|\\.)*)".*/\1/; s/\\n/\n/g; s/\\(["\])/\1/g' ||
  echo "job/headrace-deploy: the log broke off; the deployment goes on" >&2
# Its first condition, whichever it is, says how it ended.
k wait --for='jsonpath={.status.conditions[0].status}=True' --timeout=30m job/headrace-deploy > /dev/null
case $(k get job headrace-deploy --output 'jsonpath={.status.conditions[0].type}') in
  Fail*) exit 1 ;;
esac
