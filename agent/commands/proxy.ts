import { TramdoError } from '#shared/errors.ts';
import { createRealHost } from '../host/real-host.ts';
import { PROXY_TEXTS } from '../texts/proxy-texts.ts';
import { spokenLanguage } from '../texts/spoken-language.ts';
import { NO_PROXY_WORD } from '../uplink/choose-proxy.ts';
import { describeProxy, parseProxy } from '../uplink/http-proxy.ts';
import { readIdentity, writeIdentity } from '../uplink/identity.ts';
import { takeLock } from '../uplink/lock.ts';
import { stateFolderAt } from '../uplink/state-folder.ts';
import type { CommandInput } from './command.ts';

/** Value that forgets what was set: environment and system decide again. */
const SYSTEM_WORD = 'system';

/** Sets the proxy of a machine that has joined: a URL, `none`, or `system`. The running agent takes it at its next report. */
export async function proxy({ config, positionals, say }: CommandInput): Promise<number> {
  const [value = ''] = positionals;
  const texts = PROXY_TEXTS[spokenLanguage(config)];
  const folder = stateFolderAt(config.statePath);
  const isUrl = value !== NO_PROXY_WORD && value !== SYSTEM_WORD;
  const shown = isUrl ? describeProxy(parseProxy(value, '"tramdo-agent proxy"')) : value;
  const release = takeLock(folder.lockFile, createRealHost().nowMs());
  try {
    const identity = readIdentity(folder.identityFile);
    if (identity === undefined) {
      throw new TramdoError('NOT_JOINED', 'This machine has not joined: give --proxy to "tramdo-agent join"');
    }
    const { proxy: _, ...rest } = identity;
    writeIdentity(folder.identityFile, value === SYSTEM_WORD ? rest : { ...rest, proxy: value });
  } finally {
    release();
  }
  if (isUrl) say(texts.set(shown));
  else say(value === NO_PROXY_WORD ? texts.none : texts.system);
  say(texts.next);
  return 0;
}
