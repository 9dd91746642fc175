import Fastify from 'fastify';

/** A bare Fastify route that parses the same body and answers the same way: what ingest is measured against. */
const server = Fastify({ logger: false });
server.post('/agent/v1/reports', async (request) => {
  const { seq } = Object(request.body);
  return { acceptedSeq: Number(seq), resend: [], planVersion: 'bare', serverTime: new Date().toISOString() };
});
const url = await server.listen({ host: '127.0.0.1', port: Number(process.argv[2]) });
console.log(JSON.stringify({ url, msg: 'Bare server is ready' }));
