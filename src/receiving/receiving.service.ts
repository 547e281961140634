import { GatewayTimeoutException, Injectable, Logger, NotFoundException } from '@nestjs/common';
import { Pauses } from '../common/pauses.js';
import { Random } from '../common/random.js';
import { Recent } from '../common/recent.js';
import type { StockLine } from '../stock/stock-line.js';
import { StockService } from '../stock/stock.service.js';
import type { Delivery, IncomingGoods } from './delivery.js';
import { SupplierTimeoutError } from './supplier-timeout.error.js';
import { SupplierClient } from './supplier.client.js';

/** Takes deliveries in: checks them against the supplier's note and puts the goods away. */
@Injectable()
export class ReceivingService {
  private readonly logger = new Logger(ReceivingService.name);
  readonly #deliveries = new Recent<Delivery>();
  #lastId = 7030;

  constructor(
    private readonly stock: StockService,
    private readonly suppliers: SupplierClient,
    private readonly random: Random,
    private readonly pauses: Pauses,
  ) {}

  /** Newest first. */
  list(): Delivery[] {
    return this.#deliveries.list();
  }

  /** The delivery of this number, or a 404. */
  find(id: number): Delivery {
    const delivery = this.#deliveries.find(id);
    if (!delivery) throw new NotFoundException(`No delivery has the number ${id}`);
    return delivery;
  }

  /** Books a delivery (404 unknown sku, 504 the supplier does not answer: the delivery is held). */
  async receive({ supplier, lines }: IncomingGoods): Promise<Delivery> {
    for (const { sku } of lines) this.stock.find(sku);
    const delivery = this.#arrive(supplier, lines);
    const note = await this.#note(delivery);
    for (const [index, line] of lines.entries()) {
      this.#compare(delivery, line, note[index].quantity);
      this.stock.receive(line.sku, line.quantity);
      await this.pauses.wait(this.random.whole(10, 60));
    }
    delivery.state = 'booked';
    const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0);
    this.logger.log(`Delivery ${delivery.id} is booked`, { positions: lines.length, pieces });
    return delivery;
  }

  #arrive(supplier: string, lines: readonly StockLine[]): Delivery {
    const id = ++this.#lastId;
    const dock = this.random.whole(1, 4);
    const delivery: Delivery = {
      id,
      supplier,
      dock,
      state: 'waiting',
      arrivedAt: new Date().toISOString(),
      lines,
    };
    this.#deliveries.add(delivery);
    const data = { deliveryId: id, dock, positions: lines.length };
    this.logger.log(`Delivery ${id} from ${supplier} is at dock ${dock}`, data);
    return delivery;
  }

  async #note(delivery: Delivery): Promise<StockLine[]> {
    const { id, supplier, lines } = delivery;
    try {
      return await this.suppliers.deliveryNote(supplier, lines);
    } catch (error) {
      delivery.state = 'held';
      if (!(error instanceof SupplierTimeoutError)) throw error;
      this.logger.error(error);
      this.logger.warn(`Delivery ${id} is held at dock ${delivery.dock} until its note arrives`);
      throw new GatewayTimeoutException(error.message, { cause: error });
    }
  }

  #compare({ id }: Delivery, { sku, quantity }: StockLine, noted: number): void {
    if (noted === quantity) this.logger.verbose(`Counted ${quantity} of ${sku}, as noted`);
    else
      this.logger.warn(`Delivery ${id}: ${quantity} of ${sku} counted, ${noted} noted`, {
        sku,
        quantity,
        noted,
      });
  }
}
