import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo } from 'node:net';

/** A message as it came. */
export interface Message {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: {
    type: string;
    timestamp: string;
    data: { instance?: string; entries?: { message: string; level: string; id: number }[] };
  };
  readonly at: number;
}

/** A real server that is told of errors. Close it. */
export class HookServer {
  readonly messages: Message[] = [];
  /** Every request, those it refused included. */
  asked = 0;
  /** Answers; default 204. */
  answer: (response: ServerResponse, request: IncomingMessage) => void = (response) =>
    response.writeHead(204).end();
  readonly #server: Server;
  #port = 0;

  constructor() {
    this.#server = createServer((request, response) => void this.#take(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/hook?key=1`;
  }

  get port(): number {
    return this.#port;
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.asked++;
    const at = performance.now();
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
    this.answer(response, request);
    if (response.statusCode < 300)
      this.messages.push({ headers: request.headers, text, body: JSON.parse(text) as Message['body'], at });
  }
}
