import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { attemptRound } from '#agent/attempt-round.ts';
import { report } from '#agent/commands/report.ts';
import { readConfig } from '#agent/config.ts';
import { REAL_WAY_MACHINE } from '#agent/host/attempts/way-machine.ts';
import { wallClockMs } from '#agent/host/clock.ts';
import { currentPlatform } from '#agent/host/current-platform.ts';
import { createPathFinder } from '#agent/path-finder.ts';
import { keepRound, keepUnreported, knownGateways, readResidentFacts } from '#agent/resident-facts.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { answerMessages } from './answer-messages.ts';

/**
 * A PC of the tests: the agent's own code on the real network of its host, round by round and report by report, when
 * the test says so. Run as `node pc-driver.ts STATE_FOLDER`.
 */
function drive(statePath: string): void {
  const folder = stateFolderAt(statePath);
  const config = readConfig({ state: statePath }, {}, currentPlatform());
  const startedAtMs = wallClockMs();
  const { signal } = new AbortController();
  answerMessages({
    ready: () => 'ready',
    round: async ({ timeoutMs }) => {
      const { machineId = '', networks = [] } = readResidentFacts(folder) ?? {};
      const findPath = createPathFinder(REAL_WAY_MACHINE, () => knownGateways(folder));
      const atMs = wallClockMs();
      const result = await attemptRound(networks, { machineId, atMs, findPath, signal, timeoutMs: Number(timeoutMs) });
      keepRound(folder, atMs, result);
      return result.entries;
    },
    report: async () => {
      const said: string[] = [];
      const options = { 'resident-since-ms': String(startedAtMs), 'resident-memory-bytes': '1' };
      const status = await report({ config, options, positionals: [], say: (line) => said.push(line) });
      keepUnreported(folder);
      return { status, said };
    },
    receipts: () => receiptsIn(readFileSync(folder.attemptsFile, 'utf8')),
    /** What a program on the PC that wants to look connected would do: another PC's receipt in place of the own one. */
    replay: ({ receipt }) => {
      const text = readFileSync(folder.attemptsFile, 'utf8');
      const forged = text.replaceAll(/"receipt":\{[^}]*\}/g, `"receipt":${JSON.stringify(receipt)}`);
      writeFileSync(folder.attemptsFile, forged);
    },
  });
}

const round = z.object({ entries: z.array(z.object({ receipt: z.unknown().optional() })) });

function receiptsIn(text: string): readonly unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => round.parse(JSON.parse(line)).entries.flatMap(({ receipt }) => receipt ?? []));
}

drive(process.argv[2] ?? '');
