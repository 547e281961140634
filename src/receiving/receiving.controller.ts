import { Body, Controller, Get, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiCreatedResponse,
  ApiGatewayTimeoutResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Problem } from '../common/problem.js';
import { DeliveryDto } from './delivery.dto.js';
import type { Delivery } from './delivery.js';
import { FindDeliveriesQuery } from './find-deliveries.query.js';
import { IncomingGoodsDto } from './incoming-goods.dto.js';
import { ReceivingService } from './receiving.service.js';

/** Goods coming in. */
@ApiTags('receiving')
@Controller('receiving/deliveries')
export class ReceivingController {
  constructor(private readonly receiving: ReceivingService) {}

  @Get()
  @ApiOperation({ operationId: 'listDeliveries', summary: 'List the latest deliveries' })
  @ApiOkResponse({ type: [DeliveryDto], description: 'Up to 500 deliveries, newest first' })
  @ApiBadRequestResponse({ type: Problem, description: 'A query parameter is wrong' })
  list(@Query() { state }: FindDeliveriesQuery): Delivery[] {
    const deliveries = this.receiving.list();
    return state ? deliveries.filter((delivery) => delivery.state === state) : deliveries;
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getDelivery', summary: 'Show one delivery' })
  @ApiOkResponse({ type: DeliveryDto, description: 'The delivery' })
  @ApiBadRequestResponse({ type: Problem, description: 'The number is not a number' })
  @ApiNotFoundResponse({ type: Problem, description: 'No delivery has this number' })
  find(@Param('id', ParseIntPipe) id: number): Delivery {
    return this.receiving.find(id);
  }

  @Post()
  @ApiOperation({ operationId: 'receiveDelivery', summary: 'Take a delivery in' })
  @ApiCreatedResponse({ type: DeliveryDto, description: 'The goods are on the shelves' })
  @ApiBadRequestResponse({ type: Problem, description: 'A field is wrong' })
  @ApiNotFoundResponse({ type: Problem, description: 'A line names an unknown sku' })
  @ApiGatewayTimeoutResponse({
    type: Problem,
    description: 'The supplier does not answer; the delivery is held',
  })
  receive(@Body() goods: IncomingGoodsDto): Promise<Delivery> {
    return this.receiving.receive(goods);
  }
}
