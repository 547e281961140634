var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
var __metadata = (this && this.__metadata) || function (k, v) {
    if (typeof Reflect === "object" && typeof Reflect.metadata === "function") return Reflect.metadata(k, v);
};
var __param = (this && this.__param) || function (paramIndex, decorator) {
    return function (target, key) { decorator(target, key, paramIndex); }
};
import { Controller, Get, HttpStatus, Inject, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { LogConsoleGuard } from '../access/log-console.guard.js';
import { Requires } from '../access/requires.js';
import { LogStatsProvider } from '../domain/log-stats.js';
import { sendJson } from './host-response.js';
import { LogConsoleExceptionFilter } from './log-console.filter.js';
import { DocumentRoutes, DocumentStats } from './openapi/documented-routes.js';
import { readQuery } from './read-query.js';
import { NoQuery } from './reading.query.js';
/** The module's counters. */
let StatsController = class StatsController {
    constructor(log) {
        this.log = log;
    }
    async stats(request, response) {
        readQuery(NoQuery, request);
        sendJson(response, HttpStatus.OK, await this.log.stats());
    }
};
__decorate([
    Get('api/stats'),
    Requires('read'),
    DocumentStats(),
    __param(0, Req()),
    __param(1, Res()),
    __metadata("design:type", Function),
    __metadata("design:paramtypes", [Object, Object]),
    __metadata("design:returntype", Promise)
], StatsController.prototype, "stats", null);
StatsController = __decorate([
    UseGuards(LogConsoleGuard),
    UseFilters(LogConsoleExceptionFilter),
    DocumentRoutes(),
    Controller(),
    __param(0, Inject(LogStatsProvider)),
    __metadata("design:paramtypes", [Object])
], StatsController);
export { StatsController };
