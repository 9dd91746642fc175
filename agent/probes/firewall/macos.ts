import { TramdoError } from '#shared/errors.ts';
import type { Observation } from '#shared/observations/index.ts';
import type { CommandId } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { absentWhen, UNREADABLE } from '../absent-when.ts';
import { hasOwnPfRules, parsePfStatus, pfInboundDefault } from './parse-pf.ts';
import { type ApplicationFirewallState, parseSocketfilterfw } from './parse-socketfilterfw.ts';

type Product = Observation<'firewall'>['products'][number];

const DETAILS: Readonly<Record<ApplicationFirewallState, string>> = {
  off: 'switched off',
  per_program: 'asks or refuses program by program',
  block_all: 'blocks all incoming connections',
};

/**
 * Asks the application firewall of macOS; only where that is off, and the site wrote rules for the packet filter pf,
 * pf as well: every Mac has it with nothing but Apple's empty anchors, which filter nothing.
 *
 * @throws {TramdoError} OUTPUT_UNREADABLE, COMMAND_FAILED (no permission to see pf), and those of the commands: what
 * could not be seen is not off
 */
export async function readMacosFirewall(host: Host): Promise<Observation<'firewall'>> {
  const { stdout } = await host.run('socketfilterfw-state');
  const state = parseSocketfilterfw(stdout);
  if (state === undefined) throw new TramdoError('OUTPUT_UNREADABLE', 'Cannot understand socketfilterfw');
  const isOn = state !== 'off';
  const application: Product = {
    id: 'socketfilterfw',
    isOn,
    inboundDefault: isOn ? 'deny' : 'allow',
    detail: DETAILS[state],
  };
  const products = isOn ? [application] : [...(await readPf(host)), application];
  return { isOn: products.some((product) => product.isOn), products };
}

async function readPf(host: Host): Promise<Product[]> {
  const configuration = (await absentWhen(UNREADABLE, host.readText('/etc/pf.conf'))) ?? '';
  if (!hasOwnPfRules(configuration)) return [];
  const isEnabled = parsePfStatus(await runForText(host, 'pfctl-info'));
  if (isEnabled === undefined) throw new TramdoError('OUTPUT_UNREADABLE', 'Cannot understand pfctl');
  if (!isEnabled) return [{ id: 'pf', isOn: false, inboundDefault: 'allow', detail: 'disabled' }];
  const inboundDefault = pfInboundDefault(await runForText(host, 'pfctl-rules'));
  return [{ id: 'pf', isOn: inboundDefault === 'deny', inboundDefault }];
}

async function runForText(host: Host, command: CommandId): Promise<string> {
  const { stdout, stderr, exitCode } = await host.run(command);
  if (exitCode === 0) return stdout;
  const said = stderr.trim().split('\n')[0]?.slice(0, 100) ?? '';
  throw new TramdoError('COMMAND_FAILED', `Cannot see the packet filter by "${command}": ${said} (exit ${exitCode})`);
}
