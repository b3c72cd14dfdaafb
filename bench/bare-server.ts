import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// The least that an answer costs: a body of the size given, from memory, by node:http alone. Prints its port.

const body = Buffer.alloc(Number(process.argv[2]), 'x');
const server = createServer((_request, response) => {
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
  });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => {
  console.log((server.address() as AddressInfo).port);
});
