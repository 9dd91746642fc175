import { assertNever } from '#shared/assert-never.ts';
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
    const found = requirements.map(({ networkKinds, needsVerified }) =>
      classify(bestOf(networks.filter(({ kind }) => networkKinds.includes(kind))), needsVerified),
    );
    const [weakest] = found.toSorted((a, b) => STANDING_ORDER.indexOf(a.standing) - STANDING_ORDER.indexOf(b.standing));
    const classified = weakest ?? { standing: 'unknown', reason: 'network_untried' };
    return { parts: [{ ...classified, count: 1, unit: { kind: 'agency' } }], missing: [] };
  },
};

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
