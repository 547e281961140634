import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Problem } from '../common/problem.js';
import { CountStockDto } from './count-stock.dto.js';
import { FindStockQuery } from './find-stock.query.js';
import { StockItemDto } from './stock-item.dto.js';
import type { StockItem } from './stock-item.js';
import { StockService } from './stock.service.js';

/** What lies in the warehouse. */
@ApiTags('stock')
@Controller('stock')
export class StockController {
  constructor(private readonly stock: StockService) {}

  @Get()
  @ApiOperation({ operationId: 'listStock', summary: 'List the items in stock' })
  @ApiOkResponse({ type: [StockItemDto], description: 'The items, by sku' })
  @ApiBadRequestResponse({ type: Problem, description: 'A query parameter is wrong' })
  list(@Query() { show }: FindStockQuery): StockItem[] {
    return show === 'below-minimum' ? this.stock.listBelowMinimum() : this.stock.list();
  }

  @Get(':sku')
  @ApiOperation({ operationId: 'getStockItem', summary: 'Show one item' })
  @ApiOkResponse({ type: StockItemDto, description: 'The item' })
  @ApiNotFoundResponse({ type: Problem, description: 'No item has this sku' })
  find(@Param('sku') sku: string): StockItem {
    return this.stock.find(sku);
  }

  @Post(':sku/counts')
  @ApiOperation({ operationId: 'countStockItem', summary: 'Enter the result of counting an item' })
  @ApiCreatedResponse({ type: StockItemDto, description: 'The item with the counted quantity' })
  @ApiBadRequestResponse({ type: Problem, description: 'A field is wrong' })
  @ApiNotFoundResponse({ type: Problem, description: 'No item has this sku' })
  @ApiConflictResponse({
    type: Problem,
    description: 'Fewer pieces were counted than are promised to orders',
  })
  count(@Param('sku') sku: string, @Body() { counted }: CountStockDto): StockItem {
    return this.stock.count(sku, counted);
  }
}
