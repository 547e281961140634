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
import { Controller, Delete, Get, HttpStatus, Inject, Req, Res, Sse, UseFilters, UseGuards, } from '@nestjs/common';
import { admissionOf } from '../access/caller.js';
import { LogConsoleException } from '../access/log-console.exception.js';
import { LogConsoleGuard } from '../access/log-console.guard.js';
import { Requires } from '../access/requires.js';
import { LogStore, UnknownCursorError } from '../domain/log-source.js';
import { sendJson } from './host-response.js';
import { LogConsoleExceptionFilter } from './log-console.filter.js';
import { DocumentClear, DocumentEntries, DocumentExport, DocumentRoutes, DocumentStream, DocumentTail, } from './openapi/documented-routes.js';
import { readQuery } from './read-query.js';
import { ClearQuery, cursorOf, EntriesQuery, ExportQuery, LiveQuery, TailQuery } from './reading.query.js';
import { SourceRoutes } from './source-routes.js';
/** The routes of the application's own log. */
let EntriesController = class EntriesController {
    constructor(log, routes) {
        this.log = log;
        this.routes = routes;
    }
    entries(request, response) {
        const query = readQuery(EntriesQuery, request);
        return this.routes.entries(this.log, query, { request, response: response });
    }
    stream(request, response) {
        const query = readQuery(LiveQuery, request);
        return this.routes.stream(this.log, query, { request, response: response });
    }
    tail(request, response) {
        const query = readQuery(TailQuery, request);
        return this.routes.tail(this.log, query, { request, response: response });
    }
    export(request, response) {
        const query = readQuery(ExportQuery, request);
        return this.routes.export(this.log, query, { request, response: response });
    }
    async clear(request, response) {
        const query = readQuery(ClearQuery, request);
        try {
            const cleared = await this.log.clear({
                upTo: cursorOf(query.upTo),
                by: admissionOf(request).caller.name,
            });
            sendJson(response, HttpStatus.OK, cleared);
        }
        catch (error) {
            throw error instanceof UnknownCursorError
                ? new LogConsoleException(HttpStatus.CONFLICT, error.message)
                : error;
        }
    }
};
__decorate([
    Get('api/entries'),
    Requires('read'),
    DocumentEntries(),
    __param(0, Req()),
    __param(1, Res()),
    __metadata("design:type", Function),
    __metadata("design:paramtypes", [Object, Object]),
    __metadata("design:returntype", Promise)
], EntriesController.prototype, "entries", null);
__decorate([
    Sse('api/stream'),
    Requires('read'),
    DocumentStream(),
    __param(0, Req()),
    __param(1, Res({ passthrough: true })),
    __metadata("design:type", Function),
    __metadata("design:paramtypes", [Object, Object]),
    __metadata("design:returntype", Promise)
], EntriesController.prototype, "stream", null);
__decorate([
    Get('api/tail'),
    Requires('read'),
    DocumentTail(),
    __param(0, Req()),
    __param(1, Res()),
    __metadata("design:type", Function),
    __metadata("design:paramtypes", [Object, Object]),
    __metadata("design:returntype", Promise)
], EntriesController.prototype, "tail", null);
__decorate([
    Get('api/export'),
    Requires('export'),
    DocumentExport(),
    __param(0, Req()),
    __param(1, Res()),
    __metadata("design:type", Function),
    __metadata("design:paramtypes", [Object, Object]),
    __metadata("design:returntype", Promise)
], EntriesController.prototype, "export", null);
__decorate([
    Delete('api/entries'),
    Requires('clear'),
    DocumentClear(),
    __param(0, Req()),
    __param(1, Res()),
    __metadata("design:type", Function),
    __metadata("design:paramtypes", [Object, Object]),
    __metadata("design:returntype", Promise)
], EntriesController.prototype, "clear", null);
EntriesController = __decorate([
    UseGuards(LogConsoleGuard),
    UseFilters(LogConsoleExceptionFilter),
    DocumentRoutes(),
    Controller(),
    __param(0, Inject(LogStore)),
    __param(1, Inject(SourceRoutes)),
    __metadata("design:paramtypes", [Object, SourceRoutes])
], EntriesController);
export { EntriesController };
