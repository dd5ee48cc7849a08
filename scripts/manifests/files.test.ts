import { describe, expect, it } from 'vitest';
import { renderedFiles } from './files.ts';

const object = (kind: string, name: string, namespace?: string) =>
  `kind: ${kind}\nmetadata:\n  name: ${name}\n${namespace ? `  namespace: ${namespace}\n` : ''}`;
const render = (...documents: string[]) => renderedFiles(documents.join('---\n'), 'k8s/overlays/test');

describe('renderedFiles', () => {
  it('numbers objects by kind, so that what others need is applied first', () => {
    const files = render(object('Deployment', 'b'), object('ServiceAccount', 'c'), object('Namespace', 'a'));
    expect([...files.keys()]).toEqual([
      '00-namespace-a.yaml',
      '10-service-account-c.yaml',
      '60-deployment-b.yaml',
      'Kustomization',
    ]);
  });

  it('names the namespace where there are several', () => {
    const files = render(object('Pod', 'p', 'dev'), object('Pod', 'p', 'prod'));
    expect([...files.keys()]).toEqual(['60-pod-dev-p.yaml', '60-pod-prod-p.yaml', 'Kustomization']);
  });

  it('keeps each text and says where it comes from', () => {
    const text = object('Pod', 'p');
    expect(render(text).get('60-pod-p.yaml')).toBe(
      `# Rendered from k8s/overlays/test by \`npm run manifests\`: make changes there.\n${text}`,
    );
  });

  it('lists every file in a Kustomization without extension, which kubectl apply -f passes over', () => {
    expect(render(object('Pod', 'p'), object('Pod', 'o')).get('Kustomization')).toMatch(
      /kind: Kustomization\nresources:\n- 60-pod-o.yaml\n- 60-pod-p.yaml\n$/,
    );
  });

  it('refuses a kind whose place it does not know', () => {
    expect(() => render(object('DaemonSet', 'd'))).toThrow('DaemonSet has no number yet');
  });

  it('refuses two objects with one name', () => {
    expect(() => render(object('Pod', 'p'), object('Pod', 'p'))).toThrow('two objects for 60-pod-p.yaml');
  });
});
