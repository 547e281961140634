import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { SUPPLIERS } from '../receiving/suppliers.js';
import { type CatalogueImport, VARIANTS } from './catalogue-import.js';

/** Which catalogue to import, as the API and the page send it. */
export class CatalogueImportDto implements CatalogueImport {
  @ApiPropertyOptional({ enum: SUPPLIERS, default: SUPPLIERS[1] })
  @IsIn(SUPPLIERS)
  supplier: CatalogueImport['supplier'] = SUPPLIERS[1];

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 600, default: 120 })
  @IsInt()
  @Min(1)
  @Max(600)
  seconds = 120;

  @ApiPropertyOptional({
    enum: VARIANTS,
    default: VARIANTS[0],
    description: 'A failing one stops about half-way',
  })
  @IsIn(VARIANTS)
  variant: CatalogueImport['variant'] = VARIANTS[0];
}
