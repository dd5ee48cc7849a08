# The course's names for the commands of `npm run k8s`; the deployments of Phase 5.
.PHONY: k8s-setup k8s-setup-kind k8s-deploy k8s-status k8s-logs k8s-port-forward k8s-test k8s-clean k8s-deploy-mlflow k8s-mlflow-ui

k8s-setup:        ; npm run --silent k8s -- setup minikube
k8s-setup-kind:   ; npm run --silent k8s -- setup kind
k8s-deploy:       ; npm run --silent k8s -- deploy mlops
k8s-status:       ; npm run --silent k8s -- status
k8s-logs:         ; npm run --silent k8s -- logs mlops
k8s-port-forward: ; npm run --silent k8s -- forward mlops
k8s-test:         ; npm run --silent k8s -- test mlops
k8s-clean:        ; npm run --silent k8s -- clean mlops

k8s-deploy-mlflow: ; npm run --silent k8s -- deploy mlops-mlflow
k8s-mlflow-ui:     ; npm run --silent k8s -- forward mlops-mlflow
