import { Module } from '@nestjs/common';
import { DemoController } from './demo.controller.js';
import { DemoService } from './demo.service.js';

/** Lines on demand, to try the log console with. */
@Module({ controllers: [DemoController], providers: [DemoService] })
export class DemoModule {}
