import type { Language } from '../texts/language.ts';
import { STATUS_TEXTS } from '../texts/status-texts.ts';
import type { ProxyChoice } from '../uplink/choose-proxy.ts';
import { describeProxy } from '../uplink/http-proxy.ts';
import { type Finding, good, note } from './check.ts';
import type { Speech } from './judge-machine.ts';

/** Says by which way the collector is reached, and who said so. */
export function judgeProxy(choice: ProxyChoice, { texts, language }: Speech): Finding {
  if (choice.kind === 'direct' && choice.hasScript) return note(...texts.proxy.script);
  return good(proxyInWords(choice, language));
}

/** The way to the collector in words, without credentials. */
export function proxyInWords(choice: ProxyChoice, language: Language): string {
  const words = STATUS_TEXTS[language];
  if (choice.kind === 'proxy') {
    const { proxy, source, variable } = choice;
    const from = variable === undefined ? words.sources[source] : `${words.sources[source]} (${variable})`;
    return words.proxyFrom(describeProxy(proxy), from);
  }
  if (choice.hasScript) return words.scriptIgnored;
  return choice.reason === 'none' ? words.direct : words.directBy[choice.reason];
}
