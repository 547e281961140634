import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiConflictResponse,
  ApiInternalServerErrorResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Problem } from '../common/problem.js';
import { ConfirmPickDto } from './confirm-pick.dto.js';
import { FindPickListsQuery } from './find-pick-lists.query.js';
import { PickListDto } from './pick-list.dto.js';
import type { PickList } from './pick-list.js';
import { PickingService } from './picking.service.js';

/** Goods on their way from the shelf to the packing table. */
@ApiTags('picking')
@Controller('picking')
export class PickingController {
  constructor(private readonly picking: PickingService) {}

  @Get()
  @ApiOperation({ operationId: 'listPickLists', summary: 'List the latest pick lists' })
  @ApiOkResponse({ type: [PickListDto], description: 'Up to 500 pick lists, newest first' })
  @ApiBadRequestResponse({ type: Problem, description: 'A query parameter is wrong' })
  list(@Query() { state }: FindPickListsQuery): PickList[] {
    const lists = this.picking.list();
    return state ? lists.filter((list) => list.state === state) : lists;
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getPickList', summary: 'Show one pick list' })
  @ApiOkResponse({ type: PickListDto, description: 'The pick list' })
  @ApiBadRequestResponse({ type: Problem, description: 'The number is not a number' })
  @ApiNotFoundResponse({ type: Problem, description: 'No pick list has this number' })
  find(@Param('id', ParseIntPipe) id: number): PickList {
    return this.picking.find(id);
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @ApiOperation({ operationId: 'confirmPickList', summary: 'Confirm that the goods are packed' })
  @ApiOkResponse({ type: PickListDto, description: 'The confirmed pick list' })
  @ApiBadRequestResponse({ type: Problem, description: 'The number or a field is wrong' })
  @ApiNotFoundResponse({ type: Problem, description: 'No pick list has this number' })
  @ApiConflictResponse({ type: Problem, description: 'The pick list is confirmed already' })
  @ApiInternalServerErrorResponse({
    type: Problem,
    description: 'A hand scanner sent a reading without location',
  })
  confirm(@Param('id', ParseIntPipe) id: number, @Body() { picker }: ConfirmPickDto): PickList {
    return this.picking.confirm(id, picker);
  }
}
