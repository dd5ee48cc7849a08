/** Pods of the tests' own: bare, restricted, idle, to be used with `kubectl exec`. */

interface ClientPodOptions {
  readonly labels?: Readonly<Record<string, string>>;
  /** Mounted at `/mounted`. */
  readonly configMap?: string;
}

/** A pod that does nothing until a command is run in it. The server's image has all that a client needs: Node. */
export function clientPod(name: string, { labels = {}, configMap }: ClientPodOptions = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 1,
      securityContext: { runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'client',
          image: 'mlops-server:0.1.0',
          imagePullPolicy: 'IfNotPresent',
          command: ['node', '-e', 'setInterval(() => undefined, 1e6)'],
          resources: { requests: { cpu: '50m', memory: '32Mi' }, limits: { memory: '256Mi' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          volumeMounts: configMap === undefined ? [] : [{ name: 'mounted', mountPath: '/mounted' }],
        },
      ],
      volumes: configMap === undefined ? [] : [{ name: 'mounted', configMap: { name: configMap } }],
    },
  };
}
