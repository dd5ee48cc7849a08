import { describe, expect, it } from 'vitest';
import { IMAGES, OTHER_IMAGES } from './catalogue.ts';
import { ImagesError, readOptions, USAGE } from './options.ts';

describe('the options of npm run images', () => {
  it('build everything by default', () => {
    expect(readOptions([], {})).toEqual({ images: IMAGES, network: undefined, verbose: false });
  });

  it('choose images and the network of the build', () => {
    const options = readOptions(['--only', 'churn-api', '--only', 'mlops-client', '--network', 'host', '--verbose'], {});
    expect(options).toMatchObject({
      images: [{ tags: ['churn-api:v1'] }, { tags: ['mlops-client:latest'] }],
      network: 'host',
      verbose: true,
    });
  });

  it('take the network from the environment where none is given', () => {
    const environment = { DOCKER_BUILD_NETWORK: 'host' };
    expect(readOptions([], environment)).toMatchObject({ network: 'host' });
    expect(readOptions(['--network', 'none'], environment)).toMatchObject({ network: 'none' });
    expect(readOptions([], { DOCKER_BUILD_NETWORK: '' })).toMatchObject({ network: undefined });
  });

  it.each([
    [['--only', 'mlops'], /--only must be one of mlops-server:0\.1\.0, .*mlops-agent:latest, mlflow-server:3\.17\.2, not mlops$/],
    [['--onyl', 'api'], /Unknown option '--onyl'/],
    [['api'], /Unexpected argument 'api'/],
    [['--only'], /'--only <value>' argument missing/],
  ])('refuse %j in one line', (argv, message) => {
    expect(() => readOptions(argv, {})).toThrow(ImagesError);
    expect(() => readOptions(argv, {})).toThrow(message);
  });

  it('tell what to write when npm took an option for its own', () => {
    expect(() => readOptions(['api'], { npm_config_only: 'api' })).toThrow('npm run images -- --only mlops-client');
  });

  it('are explained, with every image', () => {
    expect(readOptions(['--help'], {})).toBe('help');
    for (const { tags } of [...IMAGES, ...OTHER_IMAGES]) expect(USAGE).toContain(tags.join(', '));
  });
});
