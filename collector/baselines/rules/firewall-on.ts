import { z } from 'zod';
import { reason } from '../reasons.ts';
import type { Rule } from '../rule.ts';

const parameters = z.strictObject({});

/** Wants a firewall that filters what comes in, on every active profile where there are profiles. */
export const firewallOn: Rule<'firewall', typeof parameters> = {
  id: 'firewall-on',
  needs: ['firewall'],
  parameters,
  title: { vi: 'Tường lửa đang bật', en: 'Firewall on' },
  remedy: {
    vi: 'Windows: mở "Bảo mật Windows", mục "Tường lửa và bảo vệ mạng", bật cho cả ba cấu hình mạng. Ubuntu: chạy "sudo ufw enable". Rocky, Fedora: chạy "sudo systemctl enable --now firewalld". macOS: mở "Cài đặt hệ thống", "Mạng", "Tường lửa" rồi bật lên.',
    en: 'Windows: open "Windows Security", "Firewall & network protection", and turn it on for all three networks. Ubuntu: run "sudo ufw enable". Rocky, Fedora: run "sudo systemctl enable --now firewalld". macOS: open "System Settings", "Network", "Firewall", and turn it on.',
  },
  judge({ seen }) {
    const { isOn, products, profiles = [] } = seen.firewall;
    const named = (some: typeof products) => [...new Set(some.map(nameOf))].join(', ');
    if (isOn) {
      return {
        verdict: 'pass',
        reason: reason('firewall_on', { products: named(products.filter((one) => one.isOn)) }),
      };
    }
    const off = profiles.filter((profile) => !profile.isOn && profile.isActive !== false).map(({ name }) => name);
    if (off.length > 0) {
      return { verdict: 'fail', reason: reason('firewall_profile_off', { profiles: off.join(', ') }) };
    }
    if (products.length === 0) return { verdict: 'fail', reason: reason('firewall_none') };
    return { verdict: 'fail', reason: reason('firewall_off', { products: named(products) }) };
  },
};

/** A firewall of another maker is known by its name alone. */
function nameOf({ id, detail }: { readonly id: string; readonly detail?: string | undefined }): string {
  return id === 'other' ? (detail ?? id) : id;
}
