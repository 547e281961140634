import { Module } from '@nestjs/common';
import { Alarms } from './alarms.js';
import { AlarmsController } from './alarms.controller.js';
import { TelemetryController } from './telemetry.controller.js';

/** What stands for services outside: they get the log, and show what they got. */
@Module({ controllers: [AlarmsController, TelemetryController], providers: [Alarms] })
export class OutsideModule {}
