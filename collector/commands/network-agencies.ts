import type { Language } from '../catalogues/language.ts';
import { RESULT_TEXTS } from '../connectivity/result-texts.ts';
import { formatPair, formatPercentage } from '../console/format.ts';
import type { NetworkFigures } from '../metrics/metric-family.ts';
import { type CollectorCommand, textOption } from './command.ts';
import { instantOrDash, lastingOutageText } from './connectivity-texts.ts';
import { coveredAgencies } from './covered-agencies.ts';
import { languageOption } from './language-option.ts';
import { withDesks } from './with-desks.ts';

/** `network agencies`: prints what agencies have of a network. */
export const networkAgencies: CollectorCommand = {
  name: 'network agencies',
  usage: 'ID [--agency CODE] [--lang vi|en]',
  summary:
    'Prints what agencies have of a network: agency, result, slots reached/on, share, newest receipt, newest success, outage that lasts, by tabs.',
  options: { agency: { type: 'string' }, lang: { type: 'string' } },
  positionalCount: 1,
  run(input) {
    const { options, positionals, say } = input;
    const language = languageOption(options);
    return withDesks(input, async ({ connectivity, register }) => {
      const figures = await connectivity.figures(positionals[0] ?? '');
      const covers = coveredAgencies(await register.state(), textOption(options, 'agency'));
      for (const one of figures) if (covers(one.agencyCode)) say(figureLine(one, language));
    });
  },
};

function figureLine(figures: NetworkFigures, language: Language): string {
  const { agencyCode, result, slotsReached, slotsOn, verifiedAtMs, newestSuccessAtMs, outageStartMs } = figures;
  return [
    agencyCode,
    RESULT_TEXTS[result][language],
    formatPair(slotsReached, slotsOn, language),
    formatPercentage(slotsReached, slotsOn, language),
    instantOrDash(verifiedAtMs),
    instantOrDash(newestSuccessAtMs),
    lastingOutageText(outageStartMs, language),
  ].join('\t');
}
