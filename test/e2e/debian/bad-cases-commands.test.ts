import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { strikesFile } from '#agent/uplink/agent-state.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { agentOn } from '../agent-process.ts';
import { freshFolder } from '../collector-process.ts';
import { type JoinedPair, joinedPair, PAIR_AGENCY } from '../joined-pair.ts';
import { clearLeftovers } from '../leftovers.ts';
import { readVerdicts } from '../metric-samples.ts';
import { fakeClock } from './fake-clock.ts';
import { type OtherPrograms, withOtherPrograms } from './other-programs.ts';

const DAY_MS = 86_400_000;
/** Commands that hang are waited for, three times in one test. */
const PATIENCE = { timeout: 300_000 };
const RULESET = '{"nftables": [{"metainfo": {"version": "1.0.6", "json_schema_version": 1}}]}';
const NFT_COMMAND = 'nft --json --terse --stateless list ruleset';

let programs: OtherPrograms;
let pair: JoinedPair;
let clock: ReturnType<typeof fakeClock>;

beforeAll(async () => {
  programs = await withOtherPrograms();
  programs.put('nft', `echo '${RULESET}'`);
  clock = fakeClock();
  pair = await joinedPair({ agentOptions: { program: programs.program, environment: clock.environment } });
});

afterAll(clearLeftovers);

/** Reports once and gives the probes that failed, as the collector keeps them. */
async function failedProbes(): Promise<readonly string[]> {
  const { status, stdout, stderr } = await pair.agent.command('report');
  expect({ status, stderr, stdout }).toEqual({
    status: 0,
    stderr: '',
    stdout: expect.stringContaining('acknowledged'),
  });
  return [...pair.stored().values].flatMap(([id, value]) => (value === null ? [id] : [])).toSorted();
}

/** What `machine show` says of the firewall. */
async function shownFirewall(): Promise<string | undefined> {
  const shown = await pair.collector.command('machine', 'show', pair.machineId, '--lang', 'en');
  return /^ {2}firewall: (.*)$/im.exec(shown)?.[1];
}

async function firewallVerdict(): Promise<readonly string[]> {
  const verdicts = await readVerdicts(pair.collector, PAIR_AGENCY, pair.machineId);
  return verdicts.filter((text) => text.startsWith('firewall-on '));
}

function strikes() {
  const { strikesFile: path } = stateFolderAt(pair.agent.stateFolder);
  return existsSync(path) ? strikesFile.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a command of a probe', PATIENCE, () => {
  it('is heard while it does what it should', async () => {
    expect(await failedProbes()).toEqual([]);
    expect(await firewallVerdict()).toEqual([expect.stringMatching(/^firewall-on fail /)]);
  });

  it.each([
    {
      how: 'prints 50 MB',
      script: 'exec head -c 52428800 /dev/zero',
      said: `OUTPUT_TOO_LARGE: Stopped "${NFT_COMMAND}"`,
    },
    { how: 'is killed by something', script: 'kill -KILL $$', said: `COMMAND_KILLED: Cannot use "${NFT_COMMAND}"` },
    { how: 'prints bytes that are no text', script: "printf '\\377\\376\\000\\330'", said: 'OUTPUT_UNREADABLE: ' },
    { how: 'fails', script: 'echo broken >&2; exit 4', said: 'COMMAND_FAILED: Cannot see the packet filter by ' },
    { how: 'may not be run', mode: 0o644, script: 'exit 0', said: 'HOST_FILE_DENIED: Cannot run "nft": EACCES' },
  ])('that $how is a named failure, and no other probe suffers', async ({ script, said, mode }) => {
    programs.put('nft', script, mode);
    expect(await failedProbes()).toEqual(['firewall']);
    expect(await shownFirewall()).toContain(said);
    expect(await firewallVerdict()).toEqual([expect.stringMatching(/^firewall-on unknown /)]);
    expect(strikes()).toEqual({});
  });

  it('that is not installed is a named failure, and no other probe suffers', async () => {
    for (const name of ['nft', 'iptables-save', 'ip6tables-save']) programs.remove(name);
    expect(await failedProbes()).toEqual(['firewall']);
    expect(await shownFirewall()).toBe(
      'could not be read (COMMAND_MISSING: Cannot run "iptables-save" as it is not installed)',
    );
    expect(await firewallVerdict()).toEqual([expect.stringMatching(/^firewall-on unknown /)]);
  });

  it('whose child flees into a session of its own and keeps its output open holds nobody', async () => {
    const pidFile = join(freshFolder('fled'), 'pid');
    programs.put('nft', `setsid sh -c 'echo $$ >"${pidFile}"; exec sleep 1000' & wait`);
    expect(await failedProbes()).toEqual(['firewall']);
    expect(await shownFirewall()).toContain(`COMMAND_TIMED_OUT: Killed "${NFT_COMMAND}"`);
    process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL');
    programs.put('nft', `echo '${RULESET}'`);
    expect(await failedProbes()).toEqual([]);
    expect(strikes()).toEqual({});
  });

  it('that hangs is killed with its child; after three strikes the probe rests a day, then it is asked again', async () => {
    const pidFile = join(freshFolder('hung'), 'pids');
    programs.put('nft', `sleep 1000 & echo "$$ $!" >>'${pidFile}'; wait`);
    const asked = () => readFileSync(pidFile, 'utf8').trim().split('\n');
    for (const count of [1, 2, 3]) {
      expect(await failedProbes()).toEqual(['firewall']);
      expect(asked().length).toBe(count);
      expect(
        asked()
          .flatMap((line) => line.split(' ').map(Number))
          .filter(isRunning),
      ).toEqual([]);
      const reason = `COMMAND_TIMED_OUT: Killed "${NFT_COMMAND}" as it did not end in time`;
      expect(strikes()['firewall']).toMatchObject({ count, reason });
      expect(await shownFirewall()).toContain(reason);
    }
    const restsUntilMs = strikes()['firewall']?.restsUntilMs ?? 0;
    expect(Math.abs(restsUntilMs - Date.now() - DAY_MS)).toBeLessThan(60_000);
    expect(await failedProbes()).toEqual(['firewall']);
    expect(asked().length).toBe(3);
    const resting = 'Resting for 24 hours after three strikes, the last was COMMAND_TIMED_OUT: Killed "nft';
    expect(await shownFirewall()).toContain(`OBSERVATION_SKIPPED: ${resting}`);
    expect(await firewallVerdict()).toEqual([expect.stringMatching(/^firewall-on unknown /)]);
    expect((await pair.agent.command('status', '--lang', 'en')).stdout).toMatch(/firewall.*COMMAND_TIMED_OUT/);

    programs.put('nft', `echo '${RULESET}'`);
    clock.shift(DAY_MS + 60_000);
    expect(await failedProbes()).toEqual([]);
    expect(strikes()).toEqual({});
    clock.shift(0);
    expect(await failedProbes()).toEqual([]);
  });
});

interface Seen {
  readonly [probeId: string]: { readonly value?: Record<string, unknown>; readonly failure?: object };
}

async function seenOutside(): Promise<Seen> {
  const agent = agentOn(freshFolder('agent'), { program: programs.program });
  return JSON.parse((await agent.command('report', '--dry-run')).stdout).observations;
}

describe('the output of a command', () => {
  it.each(['UTF-16', 'UTF-16LE'])('in %s says the same as in UTF-8', async (encoding) => {
    programs.remove('ip');
    const { value: withoutIp } = (await seenOutside())['network'] ?? {};
    const ip = programs.systemProgram('/usr/bin/ip');
    programs.put('ip', `exec '${ip}' "$@"`);
    const { value: plain } = (await seenOutside())['network'] ?? {};
    expect(plain?.['interfaces']).not.toEqual([]);
    programs.put('ip', `'${ip}' "$@" | iconv -f UTF-8 -t ${encoding}`);
    expect((await seenOutside())['network']?.value).toEqual(plain);
    expect(withoutIp?.['hostname']).toEqual(plain?.['hostname']);
  });

  it('with bytes that are no UTF-8 travels with replacement characters', async () => {
    const link = '[{"ifname":"m\\341ng","flags":["UP"],"operstate":"UP","addr_info":[]}]';
    programs.put('ip', `printf '${link}'`);
    expect(await failedProbes()).toEqual([]);
    expect(JSON.parse(pair.stored().values.get('network') ?? '{}').interfaces).toMatchObject([{ name: 'm\uFFFDng' }]);
  });
});
