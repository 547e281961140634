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
import { Catch, Inject } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { LogConsoleException } from '../access/log-console.exception.js';
import { sendJson } from './host-response.js';
/** Answers our own errors in Nest's shape, whatever shape the host's filters give to theirs. */
let LogConsoleExceptionFilter = class LogConsoleExceptionFilter {
    constructor(host) {
        this.host = host;
    }
    catch(exception, host) {
        const response = host.switchToHttp().getResponse();
        if (this.host.httpAdapter.isHeadersSent(response))
            return;
        sendJson(response, exception.getStatus(), exception.getResponse(), exception.headers);
    }
};
LogConsoleExceptionFilter = __decorate([
    Catch(LogConsoleException),
    __param(0, Inject(HttpAdapterHost)),
    __metadata("design:paramtypes", [HttpAdapterHost])
], LogConsoleExceptionFilter);
export { LogConsoleExceptionFilter };
