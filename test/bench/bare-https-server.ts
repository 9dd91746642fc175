import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { RECEIPT_BYTES } from '#shared/receipt.ts';

/** A bare `node:https` server that answers as many bytes as a beacon, with its certificate: what a beacon is measured against. */
const [folder = '', port = '0'] = process.argv.slice(2);
const [cert, key] = ['certificate', 'key'].map((name) => readFileSync(join(folder, `tls/${name}.pem`)));
const body = Buffer.alloc(RECEIPT_BYTES, ' ');
const signature = 'x'.repeat(220);
createServer({ cert, key }, (_request, response) => {
  const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length, 'Tramdo-Signature': signature };
  response.writeHead(200, { ...headers, 'Cache-Control': 'no-store' }).end(body);
}).listen(Number(port), '127.0.0.1', () => console.log(JSON.stringify({ msg: 'Bare server is ready' })));
// An exit of its own writes down what was compiled; a signal alone would not.
process.once('SIGTERM', () => process.exit(0));
