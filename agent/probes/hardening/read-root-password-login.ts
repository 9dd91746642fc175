import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import { parseSshdConfig, type SshdSetting } from './parse-sshd-config.ts';

/** Deepest nesting of `Include` that sshd allows (servconf.c). */
const MAX_DEPTH = 16;

/**
 * Reads whether root may log in over SSH with a password, from sshd_config(5) and what it includes; the first value
 * of a setting wins.
 *
 * `PermitRootLogin` is `prohibit-password` unless told. Passwords are taken by `PasswordAuthentication`, and by PAM
 * through `KbdInteractiveAuthentication`. Leave that holds for some connections only makes it unknown.
 */
export async function readRootPasswordLogin(host: Host): Promise<Observation<'hardening'>['rootPasswordLogin']> {
  if ((await host.stat('/usr/sbin/sshd')) === undefined) return 'not_applicable';
  const text = await host.readText('/etc/ssh/sshd_config');
  const settings = await expand(host, parseSshdConfig(text ?? ''), 0);
  const value = (...keywords: readonly string[]) =>
    settings
      .find(({ keyword, isConditional }) => !isConditional && keywords.includes(keyword))
      ?.values[0]?.toLowerCase();
  const takesPasswords =
    (value('passwordauthentication') ?? 'yes') !== 'no' ||
    (isYes(value('usepam')) &&
      (value('kbdinteractiveauthentication', 'challengeresponseauthentication') ?? 'yes') !== 'no');
  if (isYes(value('permitrootlogin')) && takesPasswords) return 'on';
  const forSome = (wanted: string) =>
    settings.some(({ keyword, values, isConditional }) => isConditional && keyword === wanted && isYes(values[0]));
  const isAllowedToSome =
    forSome('permitrootlogin') || (isYes(value('permitrootlogin')) && forSome('passwordauthentication'));
  return isAllowedToSome ? 'unknown' : 'off';
}

function isYes(value: string | undefined): boolean {
  return value?.toLowerCase() === 'yes';
}

/** The settings with the included files in the places where they are included. */
async function expand(host: Host, settings: readonly SshdSetting[], depth: number): Promise<readonly SshdSetting[]> {
  if (depth >= MAX_DEPTH) return settings;
  const expanded: SshdSetting[] = [];
  for (const setting of settings) {
    if (setting.keyword !== 'include') {
      expanded.push(setting);
      continue;
    }
    for (const path of await matchingPaths(host, setting.values)) {
      const included = await expand(host, parseSshdConfig((await host.readText(path)) ?? ''), depth + 1);
      expanded.push(
        ...included.map((each) => ({ ...each, isConditional: each.isConditional || setting.isConditional })),
      );
    }
  }
  return expanded;
}

/** Paths of `Include`, in its order; only the last part may hold `*` and `?`. */
async function matchingPaths(host: Host, patterns: readonly string[]): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const pattern of patterns) {
    const absolute = pattern.startsWith('/') ? pattern : `/etc/ssh/${pattern}`;
    const folder = absolute.slice(0, absolute.lastIndexOf('/'));
    const name = absolute.slice(absolute.lastIndexOf('/') + 1);
    const matcher = new RegExp(
      `^${name
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
    );
    const names = (await host.listDir(folder)) ?? [];
    paths.push(
      ...names.filter((each) => !each.startsWith('.') && matcher.test(each)).map((each) => `${folder}/${each}`),
    );
  }
  return paths;
}
