import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Random } from '../common/random.js';
import { readChoice } from '../settings.js';
import { openingStock } from '../stock/catalogue.js';
import { AccessLog } from './access-log.js';

const requests = [
  { weight: 12, method: 'GET', path: '/shop/items/', status: 200 },
  { weight: 5, method: 'GET', path: '/shop/search?q=', status: 200 },
  { weight: 3, method: 'POST', path: '/shop/basket/', status: 201 },
  { weight: 2, method: 'GET', path: '/shop/items/', status: 304 },
  { weight: 1, method: 'GET', path: '/shop/pictures/', status: 404 },
  { weight: 0.2, method: 'POST', path: '/shop/orders/', status: 502 },
] as const;
const agents = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15',
  'curl/8.11.1',
];

/** Customers in the shop in front of the warehouse: they are seen in the access log only. Unless DEMO_SIMULATION is `off`. */
@Injectable()
export class Visitors implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #skus = openingStock().map(({ sku }) => sku);
  /** Chance of their own, so that DEMO_SEED still gives the same working day. */
  readonly #random: Random;
  #timer?: NodeJS.Timeout;

  constructor(
    random: Random,
    private readonly log: AccessLog,
  ) {
    this.#random = new Random(`${random.seed} visitors`);
  }

  onApplicationBootstrap(): void {
    if (readChoice('DEMO_SIMULATION', ['on', 'off']) === 'on') this.#plan();
  }

  onModuleDestroy(): void {
    clearTimeout(this.#timer);
  }

  /** Lets one of them look at something. */
  visit(): void {
    const random = this.#random;
    const { method, path, status } = random.weighted(requests);
    this.log.write({
      address: `10.0.${random.whole(0, 7)}.${random.whole(1, 254)}`,
      time: new Date(),
      method,
      url: `${path}${random.pick(this.#skus)}`,
      status,
      bytes: status === 304 ? 0 : random.whole(200, 20_000),
      agent: random.pick(agents),
    });
  }

  #plan(): void {
    this.#timer = setTimeout(
      () => {
        this.visit();
        this.#plan();
      },
      this.#random.whole(50, 700),
    ).unref();
  }
}
