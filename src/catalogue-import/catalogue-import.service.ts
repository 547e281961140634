import { Injectable, Logger } from '@nestjs/common';
import { LogConsoleService, type Operation, type RunningOperation } from 'nestjs-log-console';
import { Pauses } from '../common/pauses.js';
import { Random } from '../common/random.js';
import type { CatalogueImport } from './catalogue-import.js';

const PAGES = 24;
const ARTICLES_PER_PAGE = 50;
/** The page a failing import stops at. */
const BROKEN_PAGE = 11;
const ATTEMPTS = 3;

/** Imports a supplier's catalogue: long enough that people ask what it is doing. */
@Injectable()
export class CatalogueImportService {
  private readonly logger = new Logger(CatalogueImportService.name);

  constructor(
    private readonly logConsole: LogConsoleService,
    private readonly random: Random,
    private readonly pauses: Pauses,
  ) {}

  /** Starts an import, which goes on when nobody looks; its result is the number of articles. */
  start(wanted: CatalogueImport): Operation<number> {
    const { supplier } = wanted;
    const options = { by: 'purchasing', cancellable: true, data: { supplier } };
    return this.logConsole.start('Import supplier catalogue', options, (operation) =>
      this.#run(wanted, operation),
    );
  }

  async #run({ supplier, seconds, variant }: CatalogueImport, operation: RunningOperation): Promise<number> {
    const total = PAGES * ARTICLES_PER_PAGE;
    this.logger.log(`The catalogue of ${supplier} has ${total} articles on ${PAGES} pages`);
    for (let page = 1; page <= PAGES; page++) {
      if (variant === 'failing' && page === BROKEN_PAGE) await this.#tryBrokenPage(supplier, page);
      for (let article = 1; article <= ARTICLES_PER_PAGE; article++) {
        operation.signal.throwIfAborted();
        this.#take(supplier, (page - 1) * ARTICLES_PER_PAGE + article);
        if (article % 10 === 0) await this.pauses.wait((seconds * 10_000) / total);
      }
      const done = page * ARTICLES_PER_PAGE;
      operation.progress(done, total);
      this.logger.log(`Page ${page} of ${PAGES} is imported`, { page, done, total });
    }
    return total;
  }

  #take(supplier: string, number: number): void {
    const article = `${supplier.slice(0, 2).toUpperCase()}-${String(number).padStart(5, '0')}`;
    const price = this.random.whole(80, 25_000) / 100;
    this.logger.verbose(`${article} at ${price.toFixed(2)} €`);
    if (this.random.chance(0.003)) {
      const before = Math.round(price * 65) / 100;
      this.logger.warn(`${article} costs ${Math.round((price / before - 1) * 100)} % more than before`, {
        article,
        price,
        before,
      });
    }
  }

  async #tryBrokenPage(supplier: string, page: number): Promise<never> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      this.logger.warn(`Page ${page} came with a wrong checksum, attempt ${attempt} of ${ATTEMPTS}`);
      await this.pauses.wait(500);
    }
    throw new Error(`${supplier} sent page ${page} of ${PAGES} with a wrong checksum ${ATTEMPTS} times`);
  }
}
