import { Body, Controller, Post, Query } from '@nestjs/common';
import { ApiBadRequestResponse, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Problem } from '../common/problem.js';
import { BurstQuery } from './burst.query.js';
import { DemoService } from './demo.service.js';
import { LogLineDto } from './log-line.dto.js';
import { WrittenDto } from './written.dto.js';
import type { Written } from './written.js';

/** Lines on demand, to try the log console with. */
@ApiTags('demo')
@Controller('demo')
export class DemoController {
  constructor(private readonly demo: DemoService) {}

  @Post('log')
  @ApiOperation({ operationId: 'logLine', summary: 'Log one line' })
  @ApiCreatedResponse({ type: WrittenDto, description: 'The line is logged' })
  @ApiBadRequestResponse({ type: Problem, description: 'A field is wrong' })
  log(@Body() line: LogLineDto): Written {
    return this.demo.log(line);
  }

  @Post('burst')
  @ApiOperation({ operationId: 'logBurst', summary: 'Log many lines at once' })
  @ApiCreatedResponse({
    type: WrittenDto,
    description: 'All lines are logged, in one tick of the event loop',
  })
  @ApiBadRequestResponse({ type: Problem, description: 'n is not a whole number from 1 to 100000' })
  burst(@Query() { n }: BurstQuery): Written {
    return this.demo.burst(Number(n));
  }
}
