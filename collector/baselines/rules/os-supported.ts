import { z } from 'zod';
import type { Observation } from '#shared/observations/index.ts';
import type { OsLifeCycle } from '../../catalogues/catalogue-schemas.ts';
import { dayNumberOfDate, dayStartMs } from '../../catalogues/viet-nam-time.ts';
import { reason } from '../reasons.ts';
import type { Rule } from '../rule.ts';

const parameters = z.strictObject({});

/** Wants an operating system that still gets free updates, by the catalogue of life cycles. */
export const osSupported: Rule<'os', typeof parameters> = {
  id: 'os-supported',
  needs: ['os'],
  parameters,
  title: { vi: 'Hệ điều hành còn được hỗ trợ', en: 'Operating system supported' },
  remedy: {
    vi: 'Nâng cấp lên phiên bản hệ điều hành còn được nhà sản xuất vá lỗi miễn phí. Máy cũ không nâng cấp được: đưa vào kế hoạch thay thế và tách khỏi mạng trong lúc chờ. Nếu danh mục chưa có phiên bản này, báo cho đơn vị quản trị trạm đo.',
    en: 'Upgrade to a version that its maker still mends free of charge. A machine too old for that: plan its replacement and keep it off the network meanwhile. If the catalogue lacks the version, tell whoever runs the collector.',
  },
  judge({ seen, catalogues, atMs }) {
    const { os } = seen;
    const row = catalogues.osLifeCycles.find((one) => fits(one, os));
    if (row === undefined) {
      const { name, version } = os;
      return { verdict: 'unknown', reason: reason('os_not_in_catalogue', { name, version: os.build ?? version }) };
    }
    if (row.supportedUntil === undefined) {
      return { verdict: 'pass', reason: reason('os_supported_open', { name: row.name }) };
    }
    const lastDay = dayNumberOfDate(row.supportedUntil);
    const holdsUntilMs = dayStartMs(lastDay + 1);
    const params = { name: row.name, untilAtMs: dayStartMs(lastDay) };
    if (atMs < holdsUntilMs) return { verdict: 'pass', reason: reason('os_supported', params), holdsUntilMs };
    return { verdict: 'fail', reason: reason('os_support_ended', params) };
  },
};

function fits(row: OsLifeCycle, os: Observation<'os'>): boolean {
  if (row.id !== os.id) return false;
  if (row.version !== '*' && row.version !== os.version && !os.version.startsWith(`${row.version}.`)) return false;
  if (row.build !== undefined && !fitsBuild(row.build, os.build)) return false;
  return row.editions === undefined || (os.edition !== undefined && row.editions.includes(os.edition));
}

/** The observed build is `22631`, `22631.4460` or `10.0.22631.4460`. */
function fitsBuild(build: string, observed: string | undefined): boolean {
  return observed?.split('.').includes(build) ?? false;
}
