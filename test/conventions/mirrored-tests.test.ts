import { describe, it } from 'vitest';
import { expectNone } from './expect-none.ts';
import { listFiles, ROOMS } from './source-files.ts';

/** Tests of something that is no single file, with what they are about. */
const WITHOUT_SOURCE: Readonly<Record<string, string>> = {
  'test/collector/http/role-walk.test.ts': 'who may call which route, over the whole server',
  'test/collector/store/contract.test.ts': 'what every store must do, run on every engine',
};

const SHIPPED = ROOMS.filter((room) => room !== 'test');
const SOURCES = SHIPPED.flatMap((room) => listFiles(room));

/**
 * A test mirrors a file, a folder, a file one folder deeper (baselines/x.test.ts for baselines/rules/x.ts), or the
 * parsers of a folder (hardware-parsers.test.ts).
 */
function hasSource(test: string): boolean {
  const source = test.replace(/^test\//, '').replace(/(?:-parsers)?\.test\.ts$/, '');
  const [folder, name] = [source.slice(0, source.lastIndexOf('/')), source.slice(source.lastIndexOf('/') + 1)];
  const isDeeper = (path: string) =>
    path.startsWith(`${folder}/`) &&
    path.slice(folder.length + 1).split('/').length === 2 &&
    path.endsWith(`/${name}.ts`);
  return SOURCES.some((path) => path === `${source}.ts` || path.startsWith(`${source}/`) || isDeeper(path));
}

describe('mirrored tests', () => {
  it('have the source they are about', () => {
    const tests = SHIPPED.flatMap((room) => listFiles(`test/${room}`)).filter((path) => path.endsWith('.test.ts'));
    const orphans = tests.filter((test) => WITHOUT_SOURCE[test] === undefined && !hasSource(test));
    expectNone(orphans, {
      reason: 'a rename moves two files: the source and its test',
      fix: 'move the test to the path of its source under test/, or remove it with its source',
    });
  });
});
