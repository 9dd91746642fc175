import { assertNever } from '#shared/assert-never.ts';
import { isoDateTimeOf } from '../../catalogues/viet-nam-time.ts';
import type { NetworkFigures, NetworkResult } from '../../metrics/metric-family.ts';
import type { Classified } from '../examine-machines.ts';
import type { Formula } from '../formula.ts';

/** Best first: what one network shows, another one does not take away. */
const ORDER: readonly NetworkResult[] = ['verified', 'reached', 'not_reached', 'unknown'];

const STANDING_ORDER: readonly Classified['standing'][] = ['not_counted', 'unknown', 'counted'];

/** Agencies of which every requirement on a network holds. */
export const agenciesConnected: Formula<'agencies-connected'> = {
  id: 'agencies-connected',
  describes: {
    vi: 'a: cơ quan thuộc các cấp được tính có đủ các mạng yêu cầu, lấy kết quả tốt nhất trong các máy của cơ quan trong khoảng thời gian xét; b: cơ quan thuộc các cấp được tính; khi cần biên nhận của trạm kiểm chứng, mạng mới chỉ kết nối được thì coi là chưa rõ',
    en: 'a: agencies of the levels that have every one of the networks, best of their machines in the window of availability; b: agencies of the levels; where a receipt of a beacon is needed, a network that was only reached is unknown',
  },
  arithmetic: 'share',
  valueForm: 'share',
  coverageOf: 'agencies',
  examine({ agency, networks }, { levels, requirements }) {
    if (!levels.includes(agency.level)) return undefined;
    const ofKinds = requirements.map(({ networkKinds }) => networks.filter(({ kind }) => networkKinds.includes(kind)));
    const found = requirements.map(({ needsVerified }, index) => classify(bestOf(ofKinds[index] ?? []), needsVerified));
    const [weakest] = found.toSorted((a, b) => STANDING_ORDER.indexOf(a.standing) - STANDING_ORDER.indexOf(b.standing));
    const classified = weakest ?? { standing: 'unknown', reason: 'network_untried' };
    const evidence = evidenceOf(ofKinds);
    const part = { ...classified, count: 1, unit: { kind: 'agency' as const } };
    return { parts: [evidence === '' ? part : { ...part, evidence }], missing: [] };
  },
};

/** Of each requirement the newest receipt: the network, when a beacon signed in Viet Nam's time, and by which key. */
function evidenceOf(ofKinds: readonly (readonly NetworkFigures[])[]): string {
  const shown = ofKinds.flatMap((networks) => {
    const verified = networks.flatMap(({ network, verifiedAtMs, verifiedBy }) =>
      verifiedAtMs === undefined ? [] : [{ network, verifiedAtMs, verifiedBy }],
    );
    const [newest] = verified.toSorted((a, b) => b.verifiedAtMs - a.verifiedAtMs || (a.network < b.network ? -1 : 1));
    if (newest === undefined) return [];
    return [`${newest.network} ${isoDateTimeOf(newest.verifiedAtMs)}+07:00 ${newest.verifiedBy ?? ''}`.trimEnd()];
  });
  return [...new Set(shown)].join('; ');
}

function bestOf(networks: readonly NetworkFigures[]): NetworkResult {
  return ORDER.find((result) => networks.some(({ windowResult }) => windowResult === result)) ?? 'unknown';
}

function classify(result: NetworkResult, needsVerified: boolean): Classified {
  switch (result) {
    case 'verified':
      return { standing: 'counted', reason: 'network_verified' };
    case 'reached':
      return needsVerified
        ? { standing: 'unknown', reason: 'network_unverified' }
        : { standing: 'counted', reason: 'network_reached' };
    case 'not_reached':
      return { standing: 'not_counted', reason: 'network_not_reached' };
    case 'unknown':
      return { standing: 'unknown', reason: 'network_untried' };
    default:
      return assertNever(result);
  }
}
