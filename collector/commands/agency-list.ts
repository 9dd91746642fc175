import type { CollectorCommand } from './command.ts';
import { withStore } from './with-store.ts';

/** `agency list`: prints the register. */
export const agencyList: CollectorCommand = {
  name: 'agency list',
  usage: '',
  summary: 'Prints every agency: code, level, parent, declared numbers and name, by tabs.',
  options: {},
  positionalCount: 0,
  run: ({ settings, say }) =>
    withStore(settings, async (store) => {
      const declared = await store.agencies.newestDeclared();
      for (const { code, level, parentCode, nameVi } of await store.agencies.list()) {
        const numbers = declared
          .filter(({ agencyCode }) => agencyCode === code)
          .map(({ subject, value }) => `${subject}=${value}`);
        say([code, level, parentCode ?? '-', numbers.join(' ') || '-', nameVi].join('\t'));
      }
    }),
};
