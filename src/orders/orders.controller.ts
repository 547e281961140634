import { Body, Controller, Get, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
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
import { FindOrdersQuery } from './find-orders.query.js';
import { OrderRequestDto } from './order-request.dto.js';
import { OrderDto } from './order.dto.js';
import type { Order } from './order.js';
import { OrdersService } from './orders.service.js';

/** What customers buy. */
@ApiTags('orders')
@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Get()
  @ApiOperation({ operationId: 'listOrders', summary: 'List the latest orders' })
  @ApiOkResponse({ type: [OrderDto], description: 'Up to 500 orders, newest first' })
  @ApiBadRequestResponse({ type: Problem, description: 'A query parameter is wrong' })
  list(@Query() { state }: FindOrdersQuery): Order[] {
    const orders = this.orders.list();
    return state ? orders.filter((order) => order.state === state) : orders;
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getOrder', summary: 'Show one order' })
  @ApiOkResponse({ type: OrderDto, description: 'The order' })
  @ApiBadRequestResponse({ type: Problem, description: 'The number is not a number' })
  @ApiNotFoundResponse({ type: Problem, description: 'No order has this number' })
  find(@Param('id', ParseIntPipe) id: number): Order {
    return this.orders.find(id);
  }

  @Post()
  @ApiOperation({ operationId: 'placeOrder', summary: 'Place an order' })
  @ApiCreatedResponse({
    type: OrderDto,
    description: 'The order; its stock is reserved and its pick list is made',
  })
  @ApiBadRequestResponse({ type: Problem, description: 'A field is wrong' })
  @ApiNotFoundResponse({ type: Problem, description: 'A line names an unknown sku' })
  @ApiConflictResponse({ type: Problem, description: 'There is not enough stock' })
  place(@Body() order: OrderRequestDto): Order {
    return this.orders.place(order);
  }
}
