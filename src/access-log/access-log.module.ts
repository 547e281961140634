import { Module } from '@nestjs/common';
import { AccessLog } from './access-log.js';
import { Visitors } from './visitors.js';

/** Who asked the warehouse for what, in a file. */
@Module({ providers: [AccessLog, Visitors] })
export class AccessLogModule {}
