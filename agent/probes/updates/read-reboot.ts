import type { Host } from '../../host/host.ts';
import { absentWhen, UNREADABLE } from '../absent-when.ts';
import { hasNewerKernel } from './newer-kernel.ts';

/** Made by packages of Debian and Ubuntu that want a restart (Debian policy has no word on it; update-notifier reads it). */
const REBOOT_MARKS = ['/run/reboot-required', '/var/run/reboot-required'];

/**
 * Tells whether installed updates wait for a restart: a mark is there, or a newer kernel lies in `/boot` than runs.
 *
 * Undefined when there is no mark and the running kernel is not in `/boot`, as in a container.
 */
export async function readRebootNeeded(host: Host): Promise<boolean | undefined> {
  const marks = await Promise.all(REBOOT_MARKS.map((path) => absentWhen(UNREADABLE, host.stat(path))));
  if (marks.some((mark) => mark !== undefined)) return true;
  const running = (await host.readText('/proc/sys/kernel/osrelease'))?.trim() ?? '';
  const names = (await absentWhen(UNREADABLE, host.listDir('/boot'))) ?? [];
  const prefix = 'vmlinuz-';
  const installed = names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  return hasNewerKernel(running, installed);
}
