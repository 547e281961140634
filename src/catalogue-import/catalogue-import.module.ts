import { Module } from '@nestjs/common';
import { CatalogueImportController } from './catalogue-import.controller.js';
import { CatalogueImportService } from './catalogue-import.service.js';

/** Imports catalogues of suppliers. */
@Module({
  controllers: [CatalogueImportController],
  providers: [CatalogueImportService],
})
export class CatalogueImportModule {}
