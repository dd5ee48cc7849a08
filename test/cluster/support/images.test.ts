import { describe, expect, it } from 'vitest';
import { missingImages } from './images.ts';

const node = (name: string, ...names: string[]) => ({ metadata: { name }, status: { images: [{ names }] } });

describe('missingImages', () => {
  it('knows an image by any of the names that nodes give it', () => {
    const nodes = [node('one', 'docker.io/library/postgres:15', 'localhost/api:0.1.0', 'docker.io/curlimages/curl:8.11.0')];
    expect(missingImages(nodes, ['postgres:15', 'api:0.1.0', 'curlimages/curl:8.11.0'])).toEqual([]);
  });

  it('names each image with the node that lacks it', () => {
    const nodes = [node('one', 'api:0.1.0'), { metadata: { name: 'two' }, status: {} }];
    expect(missingImages(nodes, ['api:0.1.0', 'api:0.2.0'])).toEqual([
      'api:0.2.0 on one',
      'api:0.1.0 on two',
      'api:0.2.0 on two',
    ]);
  });
});
