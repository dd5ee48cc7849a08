/** The artifact proxy of the stand-in. */
import { FakeError, type FakeRoute } from './test-mlflow-route.ts';

const PREFIX = '/api/2.0/mlflow-artifacts/artifacts';

/** Routes over files by their path below the store. */
export function artifactRoutes(artifacts: Map<string, Buffer>): FakeRoute {
  return function route({ method, path, query, bytes }) {
    if (!path.startsWith(PREFIX)) return undefined;
    const file = path.slice(PREFIX.length + 1);
    if (method === 'PUT') {
      artifacts.set(file, bytes);
      return {};
    }
    return file === '' ? listFolder(artifacts, query.get('path') ?? '') : readFile(artifacts, file);
  };
}

function listFolder(artifacts: Map<string, Buffer>, folder: string): object {
  const inside = [...artifacts].filter(([path]) => path.slice(0, path.lastIndexOf('/')) === folder);
  const files = inside.map(([path, { length }]) => ({ path: path.slice(folder.length + 1), is_dir: false, file_size: length }));
  // Empty lists are left out.
  return files.length > 0 ? { files } : {};
}

/** @throws FakeError */
export function readFile(artifacts: Map<string, Buffer>, path: string): Buffer {
  const bytes = artifacts.get(path);
  if (!bytes) throw new FakeError(404, 'RESOURCE_DOES_NOT_EXIST', `No such artifact: '${path}'`);
  return bytes;
}
