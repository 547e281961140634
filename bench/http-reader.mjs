import { Agent, get } from 'node:http';

/** Reads from one server over so many connections, which are kept until `close`. */
export function httpReader({ port, token }, connections) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const options = { host: '127.0.0.1', port, agent, headers: { Authorization: `Bearer ${token}` } };
  const body = (path) =>
    new Promise((resolve, reject) => {
      const request = get({ ...options, path }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          if (response.statusCode === 200) resolve(bytes);
          else reject(new Error(`${path}: ${response.statusCode} ${bytes}`));
        });
      });
      request.on('error', reject);
    });
  return { body, close: () => agent.destroy() };
}
