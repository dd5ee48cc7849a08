import { describe, expect, it } from 'vitest';
import { ROOT } from '../../test/repository.ts';
import { strategies } from '../manifests/folders.ts';
import { forward, forwards } from './forward.ts';
import { recordingTerminal } from './recording-terminal.ts';
import { readStrategy } from './strategy.ts';

const portsOf = (strategy: string) =>
  forwards(readStrategy(ROOT, strategy)).map(({ target, localPort, port }) => `${target} ${localPort}:${port}`);

describe('forwards', () => {
  it.each([
    ['rolling', ['service/mlops-server-svc 8000:8000', 'service/mlops-client-svc 8501:8501']],
    [
      'agent',
      [
        'service/mlops-server-svc 8000:8000',
        'service/mcp-server-svc 8001:8000',
        'service/mlops-agent-svc 8002:8000',
        'service/mlops-client-svc 8501:8501',
      ],
    ],
    ['churn', ['service/churn-api-service 8080:80']],
    ['mlops-nodeport', ['service/iris-api-service 8000:8000']],
    ['mlops-mlflow', ['service/iris-api-service 8000:8000', 'service/mlflow-server-service 5000:5000']],
    ['environments', ['pod/api-pod 8000:8000', 'pod/api-pod 8001:8000', 'pod/api-pod 8002:8000']],
  ])('%s: %j', (strategy, expected) => {
    expect(portsOf(strategy)).toEqual(expected);
  });

  it.each(strategies(ROOT))('P5-8: %s: something to reach, each by a port of its own', (strategy) => {
    const ports = forwards(readStrategy(ROOT, strategy)).map(({ localPort }) => localPort);
    expect(ports.length).toBeGreaterThan(0);
    expect(new Set(ports).size).toBe(ports.length);
  });
});

describe('forward', () => {
  it('goes to the strategy’s own namespace, and prints which port leads where', async () => {
    const terminal = recordingTerminal();
    await forward(terminal, readStrategy(ROOT, 'mlops'), undefined);
    expect(terminal.lines).toEqual(['kubectl port-forward service/iris-api-service 8000:8000 --namespace mlops']);
    expect(terminal.said).toEqual(['http://localhost:8000 leads to service/iris-api-service in mlops']);
  });
});
