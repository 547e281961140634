import { applyDecorators, Controller, UseFilters, UseGuards } from '@nestjs/common';
import { LogConsoleGuard } from '../access/log-console.guard.js';
import { LogConsoleExceptionFilter } from './log-console.filter.js';

/** A controller of ours: behind our guard, its errors answered by us. */
export const GuardedController = (): ClassDecorator =>
  applyDecorators(Controller(), UseGuards(LogConsoleGuard), UseFilters(LogConsoleExceptionFilter));
