import { attemptRound } from '#agent/attempt-round.ts';
import { dnsAttempt } from '#agent/host/attempts/dns-attempt.ts';
import { REAL_WAY_MACHINE } from '#agent/host/attempts/way-machine.ts';
import { createPathFinder } from '#agent/path-finder.ts';

const MACHINE_ID = '019a0000-0000-7000-8000-000000000001';
const { signal } = new AbortController();

/** One attempt as the resident agent makes it, its path included; says why when it was no success. */
async function tryOnce(target: string, nameServer: string | undefined): Promise<string | undefined> {
  const findPath = createPathFinder(REAL_WAY_MACHINE, () => []);
  if (nameServer !== undefined) {
    const question = { host: target.replace('dns://', ''), expected: [] };
    const result = await dnsAttempt(question, { timeoutMs: 5_000, signal, servers: [nameServer] });
    await findPath(result);
    return 'failure' in result ? result.failure : undefined;
  }
  const networks = [{ id: 'wan', kind: 'wan' as const, targets: [target] }];
  const { entries } = await attemptRound(networks, { machineId: MACHINE_ID, atMs: Date.now(), findPath, signal });
  return entries[0]?.failure;
}

/**
 * Prints the CPU time of each attempt on a target, in milliseconds, as JSON.
 *
 * Run bundled as `node … attempt-driver.mjs COUNT TARGET [NAME_SERVER]`.
 */
async function drive([count = '0', target = '', nameServer]: readonly string[]): Promise<void> {
  const spentMs: number[] = [];
  for (let done = 0; done < Number(count); done += 1) {
    const before = process.cpuUsage();
    const failure = await tryOnce(target, nameServer);
    const { user, system } = process.cpuUsage(before);
    if (failure !== undefined) throw new Error(`The attempt on ${target} failed: ${failure}`);
    spentMs.push((user + system) / 1_000);
  }
  console.log(JSON.stringify(spentMs));
}

await drive(process.argv.slice(2));
