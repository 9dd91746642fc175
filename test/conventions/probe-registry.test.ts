import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Host } from '#agent/host/host.ts';
import { PROBES } from '#agent/probes/index.ts';
import type { Probe } from '#agent/probes/probe.ts';
import { loadCatalogues, productHints } from '#collector/catalogues/catalogues.ts';
import type { Platform } from '#shared/enrolment.ts';
import { OBSERVATIONS, PROBE_IDS } from '#shared/observations/index.ts';
import { openRecordedHost, recordedHostNames } from '../agent/recorded-host.ts';
import { blankProbeContext } from '../tools/blank-probe-context.ts';
import { expectNone } from './expect-none.ts';
import { listFiles, ROOT } from './source-files.ts';

const CONTEXT = { ...blankProbeContext(), products: productHints(loadCatalogues()) };

async function seesSomething(probe: Probe, host: Host): Promise<boolean> {
  try {
    return OBSERVATIONS[probe.id].safeParse(await probe.read(host, CONTEXT)).success;
  } catch {
    return false;
  }
}

/** A machine that refuses every question: a probe that sees something on it asks nothing, and needs no recording. */
function refusingHost(platform: Platform): Host {
  const refuse = () => Promise.reject(new TypeError('Nothing is to be asked here'));
  const clock = () => 0;
  return {
    platform,
    readText: refuse,
    listDir: refuse,
    stat: refuse,
    run: refuse,
    ask: refuse,
    nowMs: clock,
    monotonicMs: clock,
  };
}

async function isShown(probe: Probe, platform: Platform): Promise<boolean> {
  const recorded = recordedHostNames()
    .map(openRecordedHost)
    .filter((host) => host.platform === platform);
  for (const host of [refusingHost(platform), ...recorded]) if (await seesSomething(probe, host)) return true;
  return false;
}

describe('registry of probes', () => {
  it('holds every id of the wire, sorted', () => {
    expect(
      PROBES.map(({ id }) => id),
      'An id without a probe is never reported; a probe without a schema cannot be.\n' +
        'Fix: shared/observations/index.ts and agent/probes/index.ts must name the same ids, sorted',
    ).toEqual(PROBE_IDS);
  });

  it('has a schema, a folder and a test for every id, and no file that belongs to none', () => {
    const schemas = listFiles('shared/observations').map((path) => path.split('/').at(-1)?.replace('.ts', ''));
    const folders = listFiles('agent/probes').flatMap((path) =>
      path.endsWith('/probe.ts') ? [path.split('/').at(-2)] : [],
    );
    const known = new Set<string | undefined>([...PROBE_IDS, 'index', 'probes']);
    const missing = PROBE_IDS.flatMap((id) =>
      [`shared/observations/${id}.ts`, `agent/probes/${id}/probe.ts`, `test/agent/probes/${id}.test.ts`].filter(
        (path) => !existsSync(join(ROOT, path)),
      ),
    );
    const strays = [...schemas, ...folders]
      .filter((name) => !known.has(name))
      .map((name) => `${name} is in no registry`);
    expectNone([...missing.map((path) => `${path} is missing`), ...strays], {
      reason: 'a probe is its schema, its folder, its test and its line in two registries',
      fix: 'see "A new probe" in agent/README.md',
    });
  });

  it.each(PROBES.flatMap((probe) => probe.platforms.map((platform) => ({ id: probe.id, platform, probe }))))(
    'has a recorded $platform machine on which $id sees something',
    async ({ id, platform, probe }) => {
      const fix = `record one with "npm run capture-host", or take ${platform} out of the platforms of "${id}"`;
      expect(await isShown(probe, platform), `What was never recorded was never tried.\nFix: ${fix}`).toBe(true);
    },
  );
});
