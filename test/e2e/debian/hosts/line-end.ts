import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { debianProgram } from '../debian-program.ts';

/**
 * One end of an emulated line: a network interface whose packets go to the test and come from it.
 *
 * Run on a host as `node line-end.ts INTERFACE ADDRESS/PREFIX`, with a channel to the test; packets are messages.
 */
async function openEnd([name = '', address = '']: readonly string[]): Promise<void> {
  const socat = debianProgram('/usr/bin/socat', 'socat');
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const own = socket.address().port;
  const tun = spawn(
    socat,
    [`TUN:${address},tun-name=${name},iff-no-pi,iff-up`, `UDP4-DATAGRAM:127.0.0.1:${own},bind=127.0.0.1:0`],
    { stdio: 'inherit' },
  );
  tun.once('exit', (status) => process.exit(status ?? 1));
  process.once('disconnect', () => {
    tun.kill('SIGKILL');
    process.exit(0);
  });
  let tunPort: number | undefined;
  socket.on('message', (packet, from) => {
    tunPort = from.port;
    process.send?.(packet);
  });
  process.on('message', (packet: Uint8Array) => {
    // Its port is known with its first packet; a route that nobody used yet has nothing to answer.
    if (tunPort !== undefined) socket.send(packet, tunPort, '127.0.0.1');
  });
}

await openEnd(process.argv.slice(2));
