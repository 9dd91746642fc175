import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { BASELINES } from '#collector/baselines/index.ts';
import { RULES } from '#collector/baselines/rules/index.ts';
import { FORMULAS } from '#collector/indicators/formulas/index.ts';
import { INDEX_SETS } from '#collector/indicators/sets/index.ts';
import { METRIC_FAMILIES } from '#collector/metrics/index.ts';
import { expectNone } from './expect-none.ts';
import { exportedMembers, registryBreaches, unsortedIds } from './registry-members.ts';
import { ROOT } from './source-files.ts';

const FIX = {
  reason: 'what no registry names is never run, and nobody notices',
  fix: 'add the line to the index.ts of the folder, sorted by id; one unit is one file named after its id',
};

const ids = (units: readonly { readonly id: string }[]) => units.map(({ id }) => id);
const missingFiles = (paths: readonly string[]) =>
  paths.filter((path) => !existsSync(join(ROOT, path))).map((path) => `${path} is missing`);

describe('registries of the collector', () => {
  it('hold every rule, each in its file and with its test', async () => {
    const members = await exportedMembers('collector/baselines/rules', ['id', 'needs', 'judge']);
    const files = ids(RULES).flatMap((id) => [
      `collector/baselines/rules/${id}.ts`,
      `test/collector/baselines/rules/${id}.test.ts`,
    ]);
    expectNone([...registryBreaches(members, RULES), ...unsortedIds(ids(RULES)), ...missingFiles(files)], FIX);
  });

  it('hold every baseline, and every rule is asked for by one', async () => {
    const members = await exportedMembers('collector/baselines', ['id', 'staleAfterMs', 'rules']);
    const asked = new Set(BASELINES.flatMap(({ rules }) => rules.map(({ ruleId }) => ruleId)));
    const idle = ids(RULES)
      .filter((id) => !asked.has(id))
      .map((id) => `no baseline asks for ${id}`);
    const unknown = [...asked].filter((id) => !ids(RULES).includes(id)).map((id) => `no rule has the id ${id}`);
    expectNone([...registryBreaches(members, BASELINES), ...unsortedIds(ids(BASELINES)), ...idle, ...unknown], FIX);
  });

  it('hold every formula, each in its file and with its test', async () => {
    const members = await exportedMembers('collector/indicators/formulas', ['id', 'examine']);
    const files = ids(FORMULAS).flatMap((id) => [
      `collector/indicators/formulas/${id}.ts`,
      `test/collector/indicators/formulas/${id}.test.ts`,
    ]);
    expectNone([...registryBreaches(members, FORMULAS), ...unsortedIds(ids(FORMULAS)), ...missingFiles(files)], FIX);
  });

  it('hold every index set', async () => {
    const members = await exportedMembers('collector/indicators/sets', ['id', 'indicators']);
    expectNone([...registryBreaches(members, INDEX_SETS), ...unsortedIds(ids(INDEX_SETS))], FIX);
  });

  it('hold every metric family', async () => {
    const members = await exportedMembers('collector/metrics', ['metric', 'help', 'seriesPerAgency']);
    const metrics = METRIC_FAMILIES.map(({ metric }) => metric);
    expectNone([...registryBreaches(members, METRIC_FAMILIES), ...unsortedIds(metrics)], FIX);
  });
});
