import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { releaseKeyId } from '#shared/release.ts';
import { generateKeyPair } from '#shared/signature.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const [file] = positionals;
if (file === undefined || positionals.length !== 1) {
  throw new Error('Use: npm run release-key -- FILE, where FILE lies on a medium that is kept off-line');
}
const { publicKey, privateKey } = await generateKeyPair();
// `wx`: a key that is overwritten is lost, and with it the way to update every agent that trusts it.
writeFileSync(file, `${JSON.stringify(privateKey)}\n`, { flag: 'wx', mode: 0o600 });
writeFileSync(`${file}.public.json`, `${JSON.stringify(publicKey)}\n`, { flag: 'wx', mode: 0o644 });
console.log(`Release key ${await releaseKeyId(publicKey)}`);
console.log(`Private: ${file} (keep it off-line; whoever has it can run code on every PC)`);
console.log(
  `Public:  ${file}.public.json (for "releaseKey" of the collector, and as release-key.json of the packages)`,
);
