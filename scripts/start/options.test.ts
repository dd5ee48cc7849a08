import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPOSITORY, readOptions } from './options.ts';

describe('readOptions', () => {
  it('serves the forest of iris on port 8000, the client on 8501, the MCP server on 8001 and the agent on 8002, from this repository, unless told otherwise', () => {
    expect(readOptions([], {})).toEqual({
      dataset: 'iris',
      model: 'rf',
      port: 8000,
      clientPort: 8501,
      mcpPort: 8001,
      agentPort: 8002,
      mlflowPort: undefined,
      registry: false,
      home: REPOSITORY,
    });
    const given = readOptions(['--dataset', 'churn', '--model', 'svm', '--home', '/elsewhere'], {
      PORT: '9000',
      CLIENT_PORT: '9001',
      MCP_PORT: '9002',
      AGENT_PORT: '9003',
    });
    expect(given).toEqual({
      dataset: 'churn',
      model: 'svm',
      port: 9000,
      clientPort: 9001,
      mcpPort: 9002,
      agentPort: 9003,
      mlflowPort: undefined,
      registry: false,
      home: '/elsewhere',
    });
    expect(readOptions(['--no-client', '--no-mcp'], {})).toMatchObject({
      clientPort: undefined,
      mcpPort: undefined,
      agentPort: undefined,
    });
    expect(readOptions(['--no-agent'], {})).toMatchObject({ mcpPort: 8001, agentPort: undefined });
    expect(readOptions(['--mlflow'], {})).toMatchObject({ mlflowPort: 5000 });
    expect(readOptions(['--mlflow'], { MLFLOW_PORT: '5001' })).toMatchObject({ mlflowPort: 5001 });
    expect(readOptions(['--with-registry'], {})).toMatchObject({ registry: true });
    expect(readOptions(['--help'], {})).toBe('help');
  });

  it('takes a file and its target instead of a dataset, and serves what the comparison chooses', () => {
    expect(readOptions(['--data', 'a/Rows 1.csv', '--target', 'Total Charges'], {})).toMatchObject({
      dataset: 'rows-1-total-charges',
      table: { dataPath: resolve('a/Rows 1.csv'), target: 'Total Charges' },
      model: 'auto',
    });
    expect(readOptions(['--data', 'rows.csv', '--target', 'y', '--model', 'gbt'], {})).toMatchObject({ model: 'gbt' });
  });

  it.each([
    [['--data', 'rows.csv'], {}, '--data and --target go together'],
    [['--data', 'rows.csv', '--target', 'y', '--dataset', 'iris'], {}, '--data and --dataset exclude each other'],
    [['--data', 'rows.csv', '--target', 'y', '--with-registry'], {}, '--with-registry does not go with --data'],
    [['--model', 'auto'], {}, '--model must be one of rf, gbt, svm, logreg, not "auto"'],
    [['--dataset', 'rose'], {}, '--dataset must be one of iris, churn, not "rose"'],
    [['--model', 'gpt'], {}, '--model must be one of rf, gbt, svm, logreg, not "gpt"'],
    [['--modle', 'rf'], {}, "Unknown option '--modle'"],
    [['iris'], {}, 'Unexpected argument'],
    [['churn'], { npm_config_dataset: 'true' }, 'write -- before the options, as in npm start -- --dataset churn'],
    [[], { npm_config_with_registry: 'true' }, 'npm took --with-registry for its own'],
    [[], { npm_config_client: '' }, 'npm took --no-client for its own'],
    [['--with-registry'], { MODEL_FILE: 'own.json' }, 'leave out MODEL_FILE, or the option'],
    [[], { CLIENT_PORT: '0' }, 'CLIENT_PORT must be a whole number from 1 to 65535'],
    [[], { PORT: 'eighty' }, 'PORT must be a whole number from 1 to 65535'],
  ])('explains %j in one line', (argv, environment, message) => {
    expect(() => readOptions(argv, environment)).toThrow(message);
    expect(() => readOptions(argv, environment)).not.toThrow(/\n/);
  });
});
