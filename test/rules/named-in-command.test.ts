import { expect, it } from 'vitest';
import { objectsNamedIn } from '../../src/rules/reference/named-in-command.ts';
import { shellCommands } from '../../src/source/shell-command.ts';

function named(text: string): string[] {
  return shellCommands({ path: 'a.sh', text })
    .flatMap(objectsNamedIn)
    .map(({ kind, name, namespace, start }) => {
      expect(text.slice(start, start + name.length)).toBe(name);
      return `${namespace === undefined ? '' : `${namespace}:`}${kind}/${name}`;
    });
}

it.each([
  ['kubectl rollout status deployment/web --timeout 5m', ['Deployment/web']],
  ['sudo kubectl -n shop rollout restart sts web', ['shop:StatefulSet/web']],
  ['kubectl get svc web api --namespace=shop', ['shop:Service/web', 'shop:Service/api']],
  ['kubectl get deploy/web svc/web -oyaml', ['Deployment/web', 'Service/web']],
  ['kubectl get deployments.apps web', ['Deployment/web']],
  ['kubectl logs -f deploy/web -c web', ['Deployment/web']],
  ['kubectl exec -it sts/db -- psql svc/other', ['StatefulSet/db']],
  ['kubectl port-forward -n shop svc/web 8080:80', ['shop:Service/web']],
  ["kubectl patch ingress web -p '{}'", ['Ingress/web']],
  ['kubectl label ns shop team=a', ['Namespace/shop']],
  ['kubectl set image deployment/web web=web:2', ['Deployment/web']],
  ['kubectl wait --for condition=Available deployment/web', ['Deployment/web']],
  ['oc describe cm web', ['ConfigMap/web']],
  ['flux reconcile kustomization apps --with-source', ['Kustomization/apps']],
  ['flux reconcile source git platform', ['GitRepository/platform']],
  ['argocd app sync shop', ['Application/shop']],
])('finds what "%s" names', (text, expected) => {
  expect(named(text)).toEqual(expected);
});

it.each([
  'kubectl get pod web-0',
  'kubectl logs web',
  'kubectl get deployments',
  'kubectl get deploy,svc web',
  'kubectl get services.serving.knative.dev web',
  'kubectl get deployment "$NAME"',
  'kubectl get deployment WEB',
  'kubectl get deployment <web>',
  'kubectl get --unknown deployment web',
  'kubectl get -f deploy/web.yaml',
  'kubectl create deployment web',
  'kubectl delete deployment web',
  'kubectl cp web:/a /b',
  'flux create kustomization apps',
  'flux get kustomizations',
  'argocd app list',
  'argocd login web',
  'which kubectl',
  'kubectl',
])('finds nothing in "%s"', (text) => {
  expect(named(text)).toEqual([]);
});
