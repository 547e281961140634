import {
  ConflictException,
  Injectable,
  InternalServerErrorException,
  Logger,
  NotFoundException,
} from '@nestjs/common';
import { Subject } from 'rxjs';
import { Recent } from '../common/recent.js';
import { spoken } from '../stock/location.js';
import type { StockLine } from '../stock/stock-line.js';
import { StockService } from '../stock/stock.service.js';
import { HandScanner } from './hand-scanner.js';
import { LabelPrinter } from './label-printer.js';
import type { PickLine, PickList } from './pick-list.js';
import { walkingOrder } from './walking-order.js';

/** Sends pickers through the warehouse and takes their confirmation. */
@Injectable()
export class PickingService {
  /** Every pick list at the moment its goods are packed. */
  readonly confirmed$ = new Subject<PickList>();
  private readonly logger = new Logger(PickingService.name);
  readonly #lists = new Recent<PickList>();
  #lastId = 90_110;

  constructor(
    private readonly stock: StockService,
    private readonly scanner: HandScanner,
    private readonly printer: LabelPrinter,
  ) {}

  /** Newest first. */
  list(): PickList[] {
    return this.#lists.list();
  }

  /** The pick list of this number, or a 404. */
  find(id: number): PickList {
    const list = this.#lists.find(id);
    if (!list) throw new NotFoundException(`No pick list has the number ${id}`);
    return list;
  }

  /** Makes the pick list of an order whose stock is reserved. */
  create(orderId: number, lines: readonly StockLine[]): PickList {
    const stops = lines.map(({ sku, quantity }) => ({
      sku,
      quantity,
      location: this.stock.find(sku).location,
    }));
    const list: PickList = { id: ++this.#lastId, orderId, state: 'open', lines: walkingOrder(stops) };
    this.#lists.add(list);
    const route = list.lines.map(({ location }) => spoken(location)).join(' → ');
    this.logger.debug(`Pick list ${list.id} for order ${orderId}: ${route}`);
    return list;
  }

  /** The goods are packed (404 unknown, 409 confirmed before, 500 a scanner reading cannot be used). */
  confirm(id: number, picker: string): PickList {
    const list = this.find(id);
    if (list.state === 'confirmed') throw new ConflictException(`Pick list ${id} is confirmed already`);
    this.#scan(list, picker);
    this.stock.dispatch(list.lines);
    list.state = 'confirmed';
    this.logger.log(`${picker} confirmed pick list ${id}`, { pickListId: id, orderId: list.orderId, picker });
    this.printer.print(list.orderId);
    this.confirmed$.next(list);
    return list;
  }

  #scan({ id, lines }: PickList, picker: string): void {
    try {
      for (const line of lines) this.#check(line);
    } catch (error) {
      const { message, stack } = error as Error;
      this.logger.error(`Pick list ${id} of ${picker} could not be confirmed: ${message}`, stack);
      throw new InternalServerErrorException(`Pick list ${id} could not be confirmed`, { cause: error });
    }
  }

  #check(line: PickLine): void {
    const { sku, location } = this.scanner.read(line);
    this.logger.verbose(`Scanned ${sku} at ${spoken(location)}`);
  }
}
