import type { Language } from '../catalogues/language.ts';
import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import type { AgencyOutage } from '../connectivity/connectivity-desk.ts';
import { formatCount } from '../console/format.ts';
import { type CollectorCommand, textOption } from './command.ts';
import { CONNECTIVITY_TEXTS } from './connectivity-texts.ts';
import { coveredAgencies } from './covered-agencies.ts';
import { languageOption } from './language-option.ts';
import { withDesks } from './with-desks.ts';

/** `network outages`: prints the outages of a network. */
export const networkOutages: CollectorCommand = {
  name: 'network outages',
  usage: 'ID [--agency CODE] [--lasting] [--lang vi|en]',
  summary:
    'Prints the outages of the availability window, newest first: agency, begin, end, slots down and unknown, machines, by tabs.',
  options: { agency: { type: 'string' }, lasting: { type: 'boolean' }, lang: { type: 'string' } },
  positionalCount: 1,
  run(input) {
    const { options, positionals, say } = input;
    const language = languageOption(options);
    return withDesks(input, async ({ connectivity, register }) => {
      const covers = coveredAgencies(await register.state(), textOption(options, 'agency'));
      const filter = { isLasting: options['lasting'] === true, covers };
      const outages = await connectivity.outages(positionals[0] ?? '', filter);
      if (outages.length === 0) say(CONNECTIVITY_TEXTS.none[language]);
      for (const outage of outages) say(outageLine(outage, language));
    });
  },
};

function outageLine(outage: AgencyOutage, language: Language): string {
  const { agencyCode, startMs, endMs, downSlotCount, unknownSlotCount, mostMachineCount } = outage;
  return [
    agencyCode,
    formatDateTime(startMs),
    endMs === undefined ? CONNECTIVITY_TEXTS.lasts[language] : formatDateTime(endMs),
    CONNECTIVITY_TEXTS.down[language](formatCount(downSlotCount, language)),
    CONNECTIVITY_TEXTS.unknown[language](formatCount(unknownSlotCount, language)),
    CONNECTIVITY_TEXTS.machines[language](formatCount(mostMachineCount, language)),
  ].join('\t');
}
